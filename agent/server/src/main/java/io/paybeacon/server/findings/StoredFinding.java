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
 * @param resolvedAt by the agent's clock; null while it is open
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
        FindingState state,
        @Nullable Instant resolvedAt) {
    public StoredFinding {
        evidence = Collections.unmodifiableMap(new TreeMap<>(evidence));
    }
}
