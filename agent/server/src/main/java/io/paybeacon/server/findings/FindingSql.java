package io.paybeacon.server.findings;

import io.paybeacon.core.money.Money;
import io.paybeacon.server.findings.Standing.Facts;
import io.paybeacon.server.findings.Standing.Handled;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The statements of the store, and rows as values. Standard SQL, for H2 and PostgreSQL alike. */
final class FindingSql {
    static final String SELECT =
            "SELECT agent, id, kind, severity, gateway, subject, opened_at, at_stake_minor_units,"
                    + " at_stake_currency, cause, remedy, evidence, facts, state, assignee,"
                    + " snoozed_until, resolved_at FROM finding";

    static final String LATEST_FIRST =
            " ORDER BY opened_at DESC, agent DESC, id DESC FETCH FIRST :limit ROWS ONLY";

    static final String OPEN_ABOUT =
            SELECT
                    + " WHERE agent = :agent AND subject = :subject AND resolved_at IS NULL"
                    + LATEST_FIRST;

    static final String ONE = SELECT + " WHERE agent = :agent AND id = :id";

    static final String AFTER =
            " AND (opened_at, agent, id) < (:afterOpenedAt, :afterAgent, :afterId)";

    static final String COUNTS =
            "SELECT gateway, kind, state, COUNT(*) AS findings FROM finding"
                    + " WHERE agent = :agent GROUP BY gateway, kind, state"
                    + " ORDER BY gateway, kind, state";

    static final String ACTS =
            "SELECT acted_at, event_id, actor, act, detail, from_state, to_state FROM act"
                    + " WHERE agent = :agent AND finding_id = :id ORDER BY number";

    static final String UPDATE =
            "UPDATE finding SET kind = :kind, severity = :severity, gateway = :gateway,"
                    + " subject = :subject, opened_at = :openedAt,"
                    + " at_stake_minor_units = :atStakeMinorUnits,"
                    + " at_stake_currency = :atStakeCurrency, cause = :cause, remedy = :remedy,"
                    + " evidence = :evidence, facts = :facts, ended_at = :endedAt,"
                    + " delivery_position = :position"
                    + " WHERE agent = :agent AND id = :id AND delivery_position < :position";

    /** The state of a new row is open until it is said what facts and people come to. */
    static final String INSERT_IF_NEW =
            "INSERT INTO finding (agent, id, kind, severity, gateway, subject, opened_at,"
                    + " at_stake_minor_units, at_stake_currency, cause, remedy, evidence, facts,"
                    + " ended_at, state, assignee, delivery_position)"
                    + " SELECT CAST(:agent AS VARCHAR(64)), CAST(:id AS VARCHAR(1024)), :kind,"
                    + " :severity, :gateway, :subject,"
                    + " CAST(:openedAt AS TIMESTAMP(3) WITH TIME ZONE),"
                    + " CAST(:atStakeMinorUnits AS BIGINT), CAST(:atStakeCurrency AS CHAR(3)),"
                    + " :cause, :remedy, :evidence, :facts,"
                    + " CAST(:endedAt AS TIMESTAMP(3) WITH TIME ZONE), 'open', '',"
                    + " CAST(:position AS BIGINT)"
                    + " WHERE NOT EXISTS"
                    + " (SELECT 1 FROM finding WHERE agent = :agent AND id = :id)";

    static final String END =
            "UPDATE finding SET facts = :facts, ended_at = :endedAt,"
                    + " delivery_position = :position"
                    + " WHERE agent = :agent AND id = :id AND delivery_position < :position";

    static final String FACTS =
            "SELECT opened_at, facts, ended_at FROM finding WHERE agent = :agent AND id = :id";

    static final String HANDLED =
            "SELECT state, assignee, snoozed_until, decided_at FROM handling"
                    + " WHERE agent = :agent AND finding_id = :id";

    static final String STAND =
            "UPDATE finding SET state = :state, assignee = :assignee,"
                    + " snoozed_until = CAST(:snoozedUntil AS TIMESTAMP(3) WITH TIME ZONE),"
                    + " resolved_at = CAST(:resolvedAt AS TIMESTAMP(3) WITH TIME ZONE)"
                    + " WHERE agent = :agent AND id = :id";

    static final String UPDATE_HANDLING =
            "UPDATE handling SET state = :state, assignee = :assignee,"
                    + " snoozed_until = CAST(:snoozedUntil AS TIMESTAMP(3) WITH TIME ZONE),"
                    + " decided_at = CAST(:decidedAt AS TIMESTAMP(3) WITH TIME ZONE),"
                    + " delivery_position = :position WHERE agent = :agent"
                    + " AND finding_id = :id AND delivery_position < :position";

    static final String INSERT_HANDLING_IF_NEW =
            "INSERT INTO handling (agent, finding_id, state, assignee, snoozed_until, decided_at,"
                    + " delivery_position)"
                    + " SELECT CAST(:agent AS VARCHAR(64)), CAST(:id AS VARCHAR(1024)), :state,"
                    + " :assignee, CAST(:snoozedUntil AS TIMESTAMP(3) WITH TIME ZONE),"
                    + " CAST(:decidedAt AS TIMESTAMP(3) WITH TIME ZONE), CAST(:position AS BIGINT)"
                    + " WHERE NOT EXISTS"
                    + " (SELECT 1 FROM handling WHERE agent = :agent AND finding_id = :id)";

    static final String DELETE_ACTS = "DELETE FROM act WHERE agent = :agent AND finding_id = :id";

    static final String INSERT_ACT =
            "INSERT INTO act (agent, finding_id, number, acted_at, event_id, actor, act, detail,"
                    + " from_state, to_state) VALUES (:agent, :id, :number, :at, :eventId, :actor,"
                    + " :act, :detail, :from, :to)";

    static final String DATA_OF_AGENT = "SELECT data_id FROM projection WHERE agent = :agent";

    static final String TAKE_AGENT =
            "INSERT INTO projection (agent, data_id) VALUES (:agent, :data)";

    static final String POSITION =
            "SELECT MAX(position) FROM (SELECT delivery_position AS position FROM finding"
                    + " WHERE agent = :agent UNION ALL SELECT delivery_position FROM handling"
                    + " WHERE agent = :agent) AS known";

    static final List<String> DELETE_ALL =
            List.of(
                    "DELETE FROM act WHERE agent = :agent",
                    "DELETE FROM handling WHERE agent = :agent",
                    "DELETE FROM finding WHERE agent = :agent",
                    "DELETE FROM projection WHERE agent = :agent");

    private FindingSql() {}

    /** Appends what narrows a list; the values of its parameters. */
    static Map<String, Object> conditions(FindingQuery query, StringBuilder sql) {
        Map<String, Object> values = new HashMap<>();
        FindingState state = query.state();
        Instant from = query.openedFrom();
        Instant before = query.openedBefore();
        narrow(sql, values, " AND agent = :agent", "agent", query.agent());
        narrow(sql, values, " AND kind = :kind", "kind", query.kind());
        narrow(sql, values, " AND state = :state", "state", state == null ? null : state.label());
        narrow(sql, values, " AND severity = :severity", "severity", query.severity());
        narrow(sql, values, " AND gateway = :gateway", "gateway", query.gateway());
        narrow(sql, values, " AND subject = :subject", "subject", query.subject());
        narrow(sql, values, " AND opened_at >= :from", "from", from == null ? null : utc(from));
        narrow(
                sql,
                values,
                " AND opened_at < :before",
                "before",
                before == null ? null : utc(before));
        PagePosition after = query.after();
        if (after != null) {
            sql.append(AFTER);
            values.put("afterOpenedAt", utc(after.openedAt()));
            values.put("afterAgent", after.agent());
            values.put("afterId", after.id());
        }
        return values;
    }

    private static void narrow(
            StringBuilder sql,
            Map<String, Object> values,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            values.put(name, value);
        }
    }

    /** Binds what people did. */
    static Update bind(Update update, Handled handled) {
        Instant snoozedUntil = handled.snoozedUntil();
        Instant decidedAt = handled.decidedAt();
        return update.bind("state", handled.state().label())
                .bind("assignee", handled.assignee())
                .bind("snoozedUntil", snoozedUntil == null ? null : utc(snoozedUntil))
                .bind("decidedAt", decidedAt == null ? null : utc(decidedAt));
    }

    /** The finding of a row. */
    static StoredFinding read(ResultSet row, StatementContext context) throws SQLException {
        long minorUnits = row.getLong("at_stake_minor_units");
        String currency = row.getString("at_stake_currency");
        return new StoredFinding(
                row.getString("agent"),
                row.getString("id"),
                row.getString("kind"),
                row.getString("severity"),
                row.getString("gateway"),
                row.getString("subject"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                currency == null ? null : Money.of(minorUnits, currency),
                row.getString("cause"),
                row.getString("remedy"),
                FindingRow.texts(row.getString("evidence")),
                state(row.getString("facts")),
                state(row.getString("state")),
                row.getString("assignee"),
                instant(row, "snoozed_until"),
                instant(row, "resolved_at"));
    }

    static Facts readFacts(ResultSet row, StatementContext context) throws SQLException {
        return new Facts(
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                state(row.getString("facts")),
                instant(row, "ended_at"));
    }

    static Handled readHandled(ResultSet row, StatementContext context) throws SQLException {
        return new Handled(
                state(row.getString("state")),
                row.getString("assignee"),
                instant(row, "snoozed_until"),
                instant(row, "decided_at"));
    }

    static StoredAct readAct(ResultSet row, StatementContext context) throws SQLException {
        return new StoredAct(
                row.getObject("acted_at", OffsetDateTime.class).toInstant(),
                row.getString("event_id"),
                row.getString("actor"),
                row.getString("act"),
                row.getString("detail"),
                state(row.getString("from_state")),
                state(row.getString("to_state")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** Moments go to the database with their offset, so that no time zone of a session matters. */
    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static FindingState state(String label) {
        FindingState state = FindingState.NAMES.find(label);
        if (state == null) {
            throw new FindingStoreException(
                    "The findings store holds a state that this build does not know.", null);
        }
        return state;
    }
}
