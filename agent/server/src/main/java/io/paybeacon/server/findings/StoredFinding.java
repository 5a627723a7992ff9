package io.paybeacon.server.findings;

import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Handling;
import io.paybeacon.server.findings.Standing.Facts;
import io.paybeacon.server.findings.Standing.Handled;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A finding as the store holds it. Kind and severity are words, because the store outlives the
 * build that wrote them.
 *
 * @param agent the agent whose finding it is
 * @param openedAt by the agent's clock
 * @param atStake null when it is not known
 * @param facts what the facts say: open, resolved or superseded
 * @param state what facts and people come to
 * @param assignee whose it is; empty while it is nobody's
 * @param snoozedUntil by the agent's clock; null while it is not snoozed
 * @param resolvedAt since when nobody need look at it, by the agent's clock; null while somebody
 *     need
 */
public record StoredFinding(
        String agent,
        String id,
        String kind,
        String severity,
        String gateway,
        String subject,
        Instant openedAt,
        @Nullable Money atStake,
        String cause,
        String remedy,
        Map<String, String> evidence,
        FindingState facts,
        FindingState state,
        String assignee,
        @Nullable Instant snoozedUntil,
        @Nullable Instant resolvedAt) {
    public StoredFinding {
        evidence = Collections.unmodifiableMap(new TreeMap<>(evidence));
    }

    /** A finding that holds, and that nobody has touched. */
    public static StoredFinding of(String agent, Finding finding) {
        return new StoredFinding(
                agent,
                finding.id(),
                finding.kind().label(),
                finding.severity().label(),
                finding.gateway(),
                finding.subject(),
                finding.openedAt(),
                finding.atStake(),
                finding.cause(),
                finding.remedy(),
                finding.evidence(),
                FindingState.OPEN,
                FindingState.OPEN,
                "",
                null,
                null);
    }

    /**
     * A finding as the engine has it on record.
     *
     * @throws IllegalArgumentException if nothing of it is known
     */
    public static StoredFinding of(String agent, FindingRecord known) {
        Found found = known.found();
        if (found == null) {
            throw new IllegalArgumentException("nothing is known of the finding");
        }
        Facts facts = Facts.of(found, known);
        Handling handling = known.handling();
        Standing standing = Standing.of(facts, handling == null ? null : Handled.of(handling));
        return new StoredFinding(
                agent,
                found.finding(),
                found.kind(),
                found.severity(),
                found.gateway(),
                found.subject(),
                found.openedAt(),
                found.atStake(),
                found.cause(),
                found.remedy(),
                found.evidence(),
                facts.state(),
                standing.state(),
                standing.assignee(),
                standing.snoozedUntil(),
                standing.resolvedAt());
    }
}
