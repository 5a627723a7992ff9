package io.paybeacon.server.findings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The statements of the store, and findings as rows and back. Standard SQL. */
final class FindingSql {
    static final String SELECT =
            "SELECT agent, id, kind, severity, gateway, subject, opened_at, at_stake_minor_units,"
                    + " at_stake_currency, cause, remedy, evidence, state, resolved_at"
                    + " FROM finding";

    static final String LATEST_FIRST =
            " ORDER BY opened_at DESC, agent DESC, id DESC FETCH FIRST :limit ROWS ONLY";

    static final String OPEN_ABOUT =
            SELECT
                    + " WHERE agent = :agent AND subject = :subject AND state = :state"
                    + LATEST_FIRST;

    static final String ONE = SELECT + " WHERE agent = :agent AND id = :id";

    static final String AFTER =
            " AND (opened_at, agent, id) < (:afterOpenedAt, :afterAgent, :afterId)";

    static final String COUNTS =
            "SELECT gateway, kind, state, COUNT(*) AS findings FROM finding"
                    + " WHERE agent = :agent GROUP BY gateway, kind, state ORDER BY gateway, kind, state";

    static final String UPDATE =
            "UPDATE finding SET kind = :kind, severity = :severity, gateway = :gateway,"
                    + " subject = :subject, opened_at = :openedAt,"
                    + " at_stake_minor_units = :atStakeMinorUnits,"
                    + " at_stake_currency = :atStakeCurrency, cause = :cause, remedy = :remedy,"
                    + " evidence = :evidence, state = 'open', resolved_at = NULL,"
                    + " delivery_position = :position"
                    + " WHERE agent = :agent AND id = :id AND delivery_position < :position";

    static final String INSERT_IF_NEW =
            "INSERT INTO finding (agent, id, kind, severity, gateway, subject, opened_at,"
                    + " at_stake_minor_units, at_stake_currency, cause, remedy, evidence, state,"
                    + " delivery_position)"
                    + " SELECT CAST(:agent AS VARCHAR(64)), CAST(:id AS VARCHAR(1024)), :kind, :severity, :gateway, :subject,"
                    + " CAST(:openedAt AS TIMESTAMP(3) WITH TIME ZONE),"
                    + " CAST(:atStakeMinorUnits AS BIGINT), :atStakeCurrency, :cause, :remedy,"
                    + " :evidence, 'open', CAST(:position AS BIGINT)"
                    + " WHERE NOT EXISTS"
                    + " (SELECT 1 FROM finding WHERE agent = :agent AND id = :id)";

    static final String RESOLVE =
            "UPDATE finding SET state = :state, resolved_at = :resolvedAt,"
                    + " delivery_position = :position"
                    + " WHERE agent = :agent AND id = :id AND delivery_position < :position";

    static final String DATA_OF_AGENT = "SELECT data_id FROM projection WHERE agent = :agent";

    static final String TAKE_AGENT =
            "INSERT INTO projection (agent, data_id) VALUES (:agent, :data)";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

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

    /** The values of a row by parameter. */
    static Map<String, @Nullable Object> row(String agent, Finding finding, long position) {
        Money atStake = finding.atStake();
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("agent", agent);
        row.put("id", finding.id());
        row.put("kind", finding.kind().label());
        row.put("severity", finding.severity().label());
        row.put("gateway", finding.gateway());
        row.put("subject", finding.subject());
        row.put("openedAt", utc(finding.openedAt()));
        row.put("atStakeMinorUnits", atStake == null ? null : atStake.minorUnits());
        row.put("atStakeCurrency", atStake == null ? null : atStake.currencyCode());
        row.put("cause", finding.cause());
        row.put("remedy", finding.remedy());
        row.put("evidence", json(finding.evidence()));
        row.put("position", position);
        return row;
    }

    /** The finding of a row. */
    static StoredFinding read(ResultSet row, StatementContext context) throws SQLException {
        long minorUnits = row.getLong("at_stake_minor_units");
        String currency = row.getString("at_stake_currency");
        OffsetDateTime resolvedAt = row.getObject("resolved_at", OffsetDateTime.class);
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
                texts(row.getString("evidence")),
                state(row.getString("state")),
                resolvedAt == null ? null : resolvedAt.toInstant());
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

    private static String json(Map<String, String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new FindingStoreException("Evidence cannot be written as JSON.", e);
        }
    }

    private static Map<String, String> texts(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new FindingStoreException(
                    "The findings store holds evidence that is no JSON.", e);
        }
    }
}
