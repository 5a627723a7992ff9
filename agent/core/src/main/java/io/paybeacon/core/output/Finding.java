package io.paybeacon.core.output;

import io.paybeacon.core.money.Money;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong, with what it is about, why, and what to do.
 *
 * @param id unique and made of what the finding is about, so that the same facts always make the
 *     same id
 * @param gateway the configured name of the gateway account
 * @param subject what it is about, such as the key of a payment
 * @param openedAt by the agent's clock
 * @param atStake the money it is about; null when it is not known
 * @param cause the probable cause in plain words
 * @param remedy what to do about it in plain words
 * @param evidence the facts it rests on, by name; nothing secret, no personal data
 */
public record Finding(
        String id,
        FindingKind kind,
        Severity severity,
        String gateway,
        String subject,
        Instant openedAt,
        @Nullable Money atStake,
        String cause,
        String remedy,
        Map<String, String> evidence) {
    public Finding {
        evidence = Collections.unmodifiableMap(new TreeMap<>(evidence));
    }
}
