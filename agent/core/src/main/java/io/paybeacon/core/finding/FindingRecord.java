package io.paybeacon.core.finding;

import io.paybeacon.core.event.FindingEvent.Ended;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Handling;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.output.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a finding: what the facts say, and what people have done with it. Immutable.
 *
 * @param found the finding as it was told last; null while nothing of it is known
 * @param ended how it ended, also when it was opened again since; null when it never did
 * @param handling what people have done with it; null when they have not
 */
public record FindingRecord(
        @Nullable Found found, @Nullable Ended ended, @Nullable Handling handling) {
    /** Nothing is known. */
    static final FindingRecord NONE = new FindingRecord(null, null, null);

    FindingRecord withHandling(Handling other) {
        return new FindingRecord(found, ended, other);
    }

    /** Whether the facts say that it holds. */
    public boolean open() {
        return found != null && endedAt() == null;
    }

    /** Since when it no longer holds, by the agent's clock; null while it does. */
    public @Nullable Instant endedAt() {
        if (ended == null) {
            return null;
        }
        // What is told within one millisecond is told in the order opened, ended.
        boolean openedAgain =
                found != null && found.origin().occurredAt().isAfter(ended.origin().occurredAt());
        return openedAgain ? null : ended.origin().occurredAt();
    }

    /** How it ended; null while it holds, or in a word of another build. */
    public @Nullable Resolution resolution() {
        return ended == null || endedAt() == null
                ? null
                : Resolution.NAMES.find(ended.resolution());
    }

    /** The finding; null while nothing of it is known, or in words of another build. */
    public @Nullable Finding finding() {
        if (found == null) {
            return null;
        }
        FindingKind kind = FindingKind.NAMES.find(found.kind());
        Severity severity = Severity.NAMES.find(found.severity());
        return kind == null || severity == null
                ? null
                : new Finding(
                        found.finding(),
                        kind,
                        severity,
                        found.gateway(),
                        found.subject(),
                        found.openedAt(),
                        found.atStake(),
                        found.cause(),
                        found.remedy(),
                        found.evidence());
    }
}
