package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.Attempt;
import io.paybeacon.probe.http.HttpAttempt;
import io.paybeacon.probe.http.TlsFacts;
import io.paybeacon.probe.pace.Pacing;
import io.paybeacon.probe.pace.Turn;
import io.paybeacon.probe.pace.Urgency;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import io.paybeacon.probe.wire.GrpcHealthAttempt;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts: every one of them goes through here, waits for the pace of its gateway, and
 * leaves its span.
 */
final class AttemptSender {

    /**
     * What an attempt is about, for its span.
     *
     * @param spanId the span's id, which its {@code traceparent} carries where there is one
     * @param name the span's name
     * @param attributes what is known before it is made
     */
    record Subject(String spanId, String name, Map<String, String> attributes) {}

    private final Pacing pacing;

    AttemptSender(Pacing pacing) {
        this.pacing = pacing;
    }

    /**
     * Waits until the pace of the gateway allows one attempt.
     *
     * @param purpose what the attempt is made for; of a token, what the token is for
     * @param waitMax longest wait
     * @return why nothing may be sent, empty when it may; never fails
     */
    Future<Optional<Failure>> turn(Flight flight, Purpose purpose, Duration waitMax) {
        Promise<Turn> here = flight.context().promise();
        ProbeTarget target = flight.target();
        pacing.turn(target.gateway(), target.name(), urgency(purpose), waitMax).onComplete(here);
        return here.future().map(turn -> taken(flight, turn));
    }

    private static Optional<Failure> taken(Flight flight, Turn turn) {
        flight.queued(turn.waitedNanos());
        if (turn.waitedNanos() > 0) {
            flight.note(
                    "waited %d ms for the pace of the gateway"
                            .formatted(turn.waitedNanos() / 1_000_000));
        }
        return switch (turn) {
            case Turn.Granted _ -> Optional.empty();
            case Turn.Refused refused ->
                    Optional.of(new Failure(ProbeReason.AGENT_FAULT, refused.why()));
        };
    }

    /** Recovery tells whether money is held: it goes before the flow of other runs. */
    private static Urgency urgency(Purpose purpose) {
        return switch (purpose) {
            case FLOW, TOKEN, REPLAY_CHECK -> Urgency.FLOW;
            case RECOVERY, CLEANUP -> Urgency.MONEY;
        };
    }

    /** Makes one attempt. The future never fails: every way to fail is a value. */
    <A extends Attempt> Future<OnWire<A>> send(
            Flight flight, Subject subject, Supplier<Future<A>> attempt) {
        long startOffset = flight.offset();
        long queuedNanos = flight.takeQueuedNanos();
        return attempt.get()
                .map(made -> new OnWire<>(made, withQueue(made.phases(), queuedNanos)))
                .onSuccess(made -> trace(flight, subject, startOffset, made));
    }

    /** An attempt that did not wait has no such phase. */
    private static Phases withQueue(Phases phases, long queuedNanos) {
        return queuedNanos == 0 ? phases : phases.with(Phase.QUEUE, queuedNanos);
    }

    private static <A extends Attempt> void trace(
            Flight flight, Subject subject, long startOffset, OnWire<A> made) {
        Map<String, String> attributes = new LinkedHashMap<>(subject.attributes());
        describe(made.attempt(), attributes);
        attributes.put("paybeacon.connection", made.attempt().warm() ? "warm" : "cold");
        for (Phase phase : Phase.values()) {
            made.phases()
                    .of(phase)
                    .ifPresent(nanos ->
                            attributes.put(
                                    "paybeacon.phase." + phase.label(), Long.toString(nanos)));
        }
        Failure failure = made.attempt().failure();
        if (failure != null) {
            attributes.put("error.type", failure.reason().label());
        }
        flight.trace()
                .attempt(
                        subject.spanId(),
                        subject.name(),
                        startOffset,
                        flight.offset() - startOffset,
                        attributes,
                        failure != null);
    }

    /** OpenTelemetry semantic conventions 1.37: http, tls, network, rpc. */
    private static void describe(Attempt attempt, Map<String, String> attributes) {
        if (attempt instanceof HttpAttempt http && http.status() > 0) {
            attributes.put("http.response.status_code", Integer.toString(http.status()));
        }
        if (attempt instanceof GrpcHealthAttempt grpc && grpc.grpcStatus() >= 0) {
            attributes.put("rpc.grpc.status_code", Integer.toString(grpc.grpcStatus()));
        }
        @Nullable TlsFacts tls = attempt.tls();
        if (tls != null) {
            attributes.put("tls.protocol.version", tls.protocol());
            attributes.put("tls.cipher", tls.cipher());
        }
    }
}
