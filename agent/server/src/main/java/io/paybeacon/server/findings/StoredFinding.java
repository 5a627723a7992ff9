package io.paybeacon.server.findings;

import io.paybeacon.core.money.Money;
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
}
