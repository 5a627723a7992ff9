package io.paybeacon.server.findings;

import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Handling;
import io.paybeacon.core.output.Output.FindingHandled;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Measurement;
import io.paybeacon.core.output.Output.Notify;
import io.paybeacon.server.findings.Standing.Facts;
import io.paybeacon.server.findings.Standing.Handled;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes the rows of one agent, within a transaction that others begin and end.
 *
 * @param handle the transaction's
 */
record FindingWriter(Handle handle, String agent) {
    /** Takes a delivery, unless a later one about the same was taken. */
    void take(Delivery delivery) {
        long position = delivery.position();
        switch (delivery.output()) {
            case FindingOpened(Finding finding) -> hold(finding, position);
            case FindingUpdated(Finding finding) -> hold(finding, position);
            case FindingResolved(var id, var resolvedAt, var resolution) -> {
                int ended =
                        handle.createUpdate(FindingSql.END)
                                .bind("agent", agent)
                                .bind("id", id)
                                .bind("facts", FindingState.of(resolution).label())
                                .bind("endedAt", FindingSql.utc(resolvedAt))
                                .bind("position", position)
                                .execute();
                if (ended > 0) {
                    stand(id);
                }
            }
            case FindingHandled(String id, Handling handling) -> handle(id, handling, position);
            case Notify _, Forward _, Measurement _ -> {
                // Nothing of a finding.
            }
        }
    }

    private void hold(Finding finding, long position) {
        FindingRow row = FindingRow.of(agent, finding, position);
        int written = handle.createUpdate(FindingSql.UPDATE).bindMap(row.values()).execute();
        if (written == 0) {
            written = handle.createUpdate(FindingSql.INSERT_IF_NEW).bindMap(row.values()).execute();
        }
        if (written > 0) {
            stand(finding.id());
        }
    }

    private void handle(String id, Handling handling, long position) {
        Handled handled = Handled.of(handling);
        int written =
                FindingSql.bind(handle.createUpdate(FindingSql.UPDATE_HANDLING), handled)
                        .bind("agent", agent)
                        .bind("id", id)
                        .bind("position", position)
                        .execute();
        if (written == 0) {
            written =
                    FindingSql.bind(handle.createUpdate(FindingSql.INSERT_HANDLING_IF_NEW), handled)
                            .bind("agent", agent)
                            .bind("id", id)
                            .bind("position", position)
                            .execute();
        }
        if (written > 0) {
            handle.createUpdate(FindingSql.DELETE_ACTS)
                    .bind("agent", agent)
                    .bind("id", id)
                    .execute();
            acts(id, handling);
            stand(id);
        }
    }

    private void acts(String id, Handling handling) {
        List<StoredAct> trail = AuditTrail.of(handling.entries());
        if (trail.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(FindingSql.INSERT_ACT);
        for (int number = 0; number < trail.size(); number++) {
            StoredAct act = trail.get(number);
            batch.bind("agent", agent)
                    .bind("id", id)
                    .bind("number", number)
                    .bind("at", FindingSql.utc(act.at()))
                    .bind("eventId", act.eventId())
                    .bind("actor", act.actor())
                    .bind("act", act.act())
                    .bind("detail", act.detail())
                    .bind("from", act.from().label())
                    .bind("to", act.to().label())
                    .add();
        }
        batch.execute();
    }

    /** Writes what facts and people come to, if the finding is there. */
    private void stand(String id) {
        Facts facts =
                handle.createQuery(FindingSql.FACTS)
                        .bind("agent", agent)
                        .bind("id", id)
                        .map(FindingSql::readFacts)
                        .findOne()
                        .orElse(null);
        if (facts == null) {
            return;
        }
        Handled handled =
                handle.createQuery(FindingSql.HANDLED)
                        .bind("agent", agent)
                        .bind("id", id)
                        .map(FindingSql::readHandled)
                        .findOne()
                        .orElse(null);
        stand(id, Standing.of(facts, handled));
    }

    private void stand(String id, Standing standing) {
        Instant snoozedUntil = standing.snoozedUntil();
        Instant resolvedAt = standing.resolvedAt();
        handle.createUpdate(FindingSql.STAND)
                .bind("agent", agent)
                .bind("id", id)
                .bind("state", standing.state().label())
                .bind("assignee", standing.assignee())
                .bind("snoozedUntil", snoozedUntil == null ? null : FindingSql.utc(snoozedUntil))
                .bind("resolvedAt", resolvedAt == null ? null : FindingSql.utc(resolvedAt))
                .execute();
    }

    /** The latest delivery that the rows know of; 0 when there is none. */
    long position() {
        return handle.createQuery(FindingSql.POSITION)
                .bind("agent", agent)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** Takes all rows of the agent away, to be written anew from other data. */
    void clear(String dataId) {
        for (String delete : FindingSql.DELETE_ALL) {
            handle.createUpdate(delete).bind("agent", agent).execute();
        }
        handle.createUpdate(FindingSql.TAKE_AGENT)
                .bind("agent", agent)
                .bind("data", dataId)
                .execute();
    }

    /** Writes the record of a finding of which there are no rows. */
    void write(String id, FindingRecord known, long position) {
        Handling handling = known.handling();
        Found found = known.found();
        if (found != null) {
            handle.createUpdate(FindingSql.INSERT_IF_NEW)
                    .bindMap(FindingRow.of(agent, found, Facts.of(found, known), position).values())
                    .execute();
        }
        if (handling != null) {
            handle(id, handling, position);
        } else if (found != null) {
            stand(id);
        }
    }
}
