package io.paybeacon.core.event;

import io.paybeacon.core.money.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What becomes of findings: by the facts, and by what people do to them. */
public sealed interface FindingEvent extends Event {
    /** The finding's id; the key of the stage. */
    String finding();

    /**
     * Somebody acted on a finding. Acts are ordered by the origin's time, which is the agent's own:
     * they enter through its API.
     *
     * @param actor the name of the token that was used, or of the person it stands for; no secret
     */
    record Acted(Origin origin, String finding, String actor, Act act) implements FindingEvent {
        public Acted {
            Origin.requireText(finding, "finding");
            Origin.requireText(actor, "actor");
        }
    }

    /**
     * The facts open a finding, or change it: the whole of it, as the stage that watches them tells
     * the world. The last one told holds; the origin's time is the agent's own.
     *
     * @param kind a word
     * @param severity a word
     * @param gateway the configured name of the gateway account
     * @param openedAt by the agent's clock
     * @param atStake null when it is not known
     */
    record Found(
            Origin origin,
            String finding,
            String kind,
            String severity,
            String gateway,
            String subject,
            Instant openedAt,
            @Nullable Money atStake,
            String cause,
            String remedy,
            Map<String, String> evidence)
            implements FindingEvent {
        public Found {
            Origin.requireText(finding, "finding");
            openedAt = openedAt.truncatedTo(ChronoUnit.MILLIS);
            evidence = Collections.unmodifiableMap(new TreeMap<>(evidence));
        }
    }

    /**
     * By the facts, the finding no longer holds, from the origin's time on, which is the agent's.
     *
     * @param resolution a word
     */
    record Ended(Origin origin, String finding, String resolution) implements FindingEvent {
        public Ended {
            Origin.requireText(finding, "finding");
            Origin.requireText(resolution, "resolution");
        }
    }

    /** What somebody does. */
    sealed interface Act {}

    /** Seen, and somebody is on it. */
    record Acknowledge() implements Act {}

    /** It is now this person's, or team's. */
    record Assign(String assignee) implements Act {
        public Assign {
            Origin.requireText(assignee, "assignee");
        }
    }

    /** Not to be shown as open before that time, by the agent's clock. */
    record Snooze(Instant until) implements Act {
        public Snooze {
            until = until.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** A remark; no personal data. */
    record Comment(String text) implements Act {
        public Comment {
            Origin.requireText(text, "text");
        }
    }

    /** Done, whatever the facts say; the text says how and may be empty. */
    record Resolve(String text) implements Act {}

    /** There was nothing wrong; the text says why and may be empty. */
    record MarkFalsePositive(String text) implements Act {}

    /** Open again. */
    record Reopen() implements Act {}
}
