package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What synthetic transactions found. The origin's event id is unique a run, slot or webhook. */
public sealed interface ProbeEvent extends Event {
    /**
     * A run came to its end, its cleanup included.
     *
     * @param probe the configured name of the probe; a label of metrics
     * @param run the run's id, unique among all runs
     * @param traceId the W3C trace id sent along with each request, 32 hexadecimal digits
     * @param dueAt when the run was due, by the agent's clock, cut to milliseconds
     * @param startedAt when it began, by the agent's clock, cut to milliseconds
     * @param totalNanos how long the steps took, cleanup excluded, by a monotonic clock; waiting
     *     for the gateway's pace and fetching tokens are in it
     * @param failure what failed first; null when the run passed
     * @param steps every attempt on the wire and every wait, in order, cleanup included
     * @param cleanup what is left behind at the gateway
     * @param confirmation whether it only repeats a run that had failed: evidence, not a sample
     */
    record RunCompleted(
            Origin origin,
            String probe,
            String run,
            String traceId,
            Instant dueAt,
            Instant startedAt,
            long totalNanos,
            @Nullable Failure failure,
            List<StepResult> steps,
            Cleanup cleanup,
            boolean confirmation)
            implements ProbeEvent {
        public RunCompleted {
            Origin.requireText(probe, "probe");
            Origin.requireText(run, "run");
            dueAt = dueAt.truncatedTo(ChronoUnit.MILLIS);
            startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
            steps = List.copyOf(steps);
        }
    }

    /**
     * Money that an earlier run had left behind was cleaned up, or given up on.
     *
     * @param run the run that left it
     */
    record OrphanSettled(Origin origin, String probe, String run) implements ProbeEvent {}

    /**
     * Due slots of the schedule are accounted for; each slot exactly once.
     *
     * @param dueAt when the first of them was due, by the agent's clock, cut to milliseconds
     * @param outcome what became of each of them
     * @param lagNanos how late the first of them began or was accounted for
     * @param count how many consecutive slots these are: 1 or more
     */
    record SlotAccounted(
            Origin origin,
            String probe,
            Instant dueAt,
            SlotOutcome outcome,
            long lagNanos,
            long count)
            implements ProbeEvent {
        public SlotAccounted {
            dueAt = dueAt.truncatedTo(ChronoUnit.MILLIS);
            if (count < 1) {
                throw new IllegalArgumentException("a number of slots below 1: " + count);
            }
        }
    }

    /**
     * A webhook of a probe's own payment arrived. It belongs to no real payment.
     *
     * @param type the gateway's name for the event
     */
    record WebhookSeen(Origin origin, String run, String type) implements ProbeEvent {}

    /**
     * The first failure of a run.
     *
     * @param step the name of the step in the plan
     * @param detail what was seen and what was expected, for people; holds no secret
     */
    record Failure(String step, ProbeReason reason, String detail) {}

    /**
     * One attempt on the wire, or one wait.
     *
     * @param attempt 1 for the first attempt of the step, counting up with each further one
     * @param purpose why it was made
     * @param connection over what kind of connection
     * @param reason why it failed; null when it passed
     * @param phases how long each phase that was reached took, in nanoseconds; none of a wait
     * @param totalNanos how long it took in all, each of its phases included
     */
    record StepResult(
            String step,
            int attempt,
            Purpose purpose,
            Connection connection,
            @Nullable ProbeReason reason,
            Map<Phase, Long> phases,
            long totalNanos) {
        public StepResult {
            phases =
                    phases.isEmpty()
                            ? Map.of()
                            : Collections.unmodifiableMap(new EnumMap<>(phases));
        }

        /** Whether the gateway, or the name server for it, may have seen something of it. */
        public boolean onWire() {
            return phases.keySet().stream().anyMatch(Phase::onWire);
        }
    }

    /** The phases of an attempt on the wire, in order. */
    enum Phase {
        /** The wait for the gateway's pace, before anything else. */
        QUEUE("queue"),
        /** Getting an OAuth 2.0 access token, in the attempt that needed it. */
        TOKEN("token"),
        /** The host name to an address. */
        RESOLVE("resolve"),
        /** The TCP handshake. */
        CONNECT("connect"),
        /** The tunnel through a proxy. */
        PROXY("proxy"),
        /** The TLS handshake. */
        TLS("tls"),
        /** From there to the server's settings, where the protocol is HTTP/2. */
        SETTINGS("settings"),
        /** The request, to its last byte. */
        WRITE("write"),
        /** From there to the first byte of the answer. */
        SERVER("server"),
        /** From there to the last byte of the answer. */
        TRANSFER("transfer"),
        /** What the phases leave of the total: the agent's own doing. */
        REMAINDER("remainder");

        /** All of them by label. */
        public static final Named<Phase> NAMES = Named.of(Phase.class, Phase::label);

        private final String label;

        Phase(String label) {
            this.label = label;
        }

        /** Whether it is of the attempt itself, not of what the agent did before or between. */
        boolean onWire() {
            return this != QUEUE && this != TOKEN && this != REMAINDER;
        }

        /** The value of the metric label. */
        public String label() {
            return label;
        }
    }

    /** Why an attempt was made. */
    enum Purpose {
        /** It is the step itself: what a customer would have sent. */
        FLOW("flow"),
        /** To get an access token for the step. */
        TOKEN("token"),
        /** To learn the answer to a request whose response was lost. */
        RECOVERY("recovery"),
        /** To see that the same request under the same key changes nothing. */
        REPLAY_CHECK("replay_check"),
        /** To give back what the run holds. */
        CLEANUP("cleanup");

        /** All of them by label. */
        public static final Named<Purpose> NAMES = Named.of(Purpose.class, Purpose::label);

        private final String label;

        Purpose(String label) {
            this.label = label;
        }

        /** Its name in bytes, and the value of the metric label. */
        public String label() {
            return label;
        }
    }

    /** Over what kind of connection an attempt was made. */
    enum Connection {
        /** A new one. */
        COLD("cold"),
        /** One that an earlier attempt had left open. */
        WARM("warm"),
        /** None: a wait, or a query without one. */
        NONE("none");

        /** All of them by label. */
        public static final Named<Connection> NAMES = Named.of(Connection.class, Connection::label);

        private final String label;

        Connection(String label) {
            this.label = label;
        }

        /** Its name in bytes, and the value of the metric label. */
        public String label() {
            return label;
        }
    }

    /** What a run left behind at the gateway. */
    enum Cleanup {
        /** No step with a side effect was reached. */
        NOTHING_TO_CLEAN("nothing_to_clean"),
        /** Everything was given back. */
        CLEAN("clean"),
        /** A hold or a charge may be left; the journal keeps it for the next attempt. */
        ORPHANED("orphaned");

        /** All of them by label. */
        public static final Named<Cleanup> NAMES = Named.of(Cleanup.class, Cleanup::label);

        private final String label;

        Cleanup(String label) {
            this.label = label;
        }

        /** The value of the metric label. */
        public String label() {
            return label;
        }
    }

    /** What became of a due slot. */
    enum SlotOutcome {
        /** It ran in time. */
        RAN("ran"),
        /** It ran, later than the limit. */
        LATE("late"),
        /** The run before it had not ended. */
        SKIPPED_RUNNING("skipped_running"),
        /** The money budget was used up. */
        SKIPPED_BUDGET("skipped_budget"),
        /** The agent was shutting down. */
        SKIPPED_SHUTDOWN("skipped_shutdown"),
        /** Its gateway was under maintenance. */
        SKIPPED_MAINTENANCE("skipped_maintenance"),
        /** The gateway's limit of concurrent runs left no room within the slot. */
        SKIPPED_PACE("skipped_pace"),
        /** The agent was not there to run it. */
        MISSED("missed");

        /** All of them by label. */
        public static final Named<SlotOutcome> NAMES =
                Named.of(SlotOutcome.class, SlotOutcome::label);

        private final String label;

        SlotOutcome(String label) {
            this.label = label;
        }

        /** The value of the metric label. */
        public String label() {
            return label;
        }
    }
}
