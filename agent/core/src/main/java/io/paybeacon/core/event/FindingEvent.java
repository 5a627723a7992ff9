package io.paybeacon.core.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What people do to findings. */
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
