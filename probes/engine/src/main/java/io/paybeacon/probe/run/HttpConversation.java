package io.paybeacon.probe.run;

import static java.util.Objects.requireNonNull;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.probe.http.HttpAttempt;
import io.paybeacon.probe.http.HttpCall;
import io.paybeacon.probe.plan.Auth;
import io.paybeacon.probe.plan.OAuth2Client;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.Failure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request of a step with all that it takes: a token before it, redirects after it, and once
 * more with a new token when the gateway does not take a kept one. Each of these is an attempt of
 * its own in the books. Used once, on the run's event loop.
 */
final class HttpConversation {

    /**
     * What is asked.
     *
     * @param step whose request it is
     * @param key idempotency key, null for none
     * @param purpose why it is made
     * @param deadline time for everything
     * @param admission asked before the request is sent; what it gives is why it must not be
     */
    record Request(
            Step.Http step,
            @Nullable String key,
            Purpose purpose,
            Duration deadline,
            Supplier<Future<Optional<Failure>>> admission) {}

    /**
     * What came of it.
     *
     * @param attempts the attempts in order; that which brought {@code last} is the last one
     * @param last the last attempt of the request itself; null when none was made
     * @param failure why there is no response to judge; null when there is one
     * @param latencyNanos what the attempts of the request itself took
     */
    record Outcome(
            List<AttemptResult> attempts,
            @Nullable HttpAttempt last,
            @Nullable Failure failure,
            long latencyNanos) {}

    private final HttpSender sender;
    private final Tokens tokens;
    private final Flight flight;
    private final Request request;
    private final Redirects redirects;

    /** When its time is up, without the waits for the gateway's pace. */
    private final long endOffset;

    private final List<AttemptResult> attempts = new ArrayList<>();
    private Tokens.@Nullable Answer token;
    private boolean refreshed;
    private boolean tokenBooked;
    private long latencyNanos;

    HttpConversation(HttpSender sender, Tokens tokens, Flight flight, Request request) {
        this.sender = sender;
        this.tokens = tokens;
        this.flight = flight;
        this.request = request;
        this.redirects = new Redirects(request.step().redirectsMax());
        this.endOffset = flight.workedNanos() + request.deadline().toNanos();
    }

    /** Holds it. The future fails only on a defect. */
    Future<Outcome> hold() {
        return withToken(this::admit);
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, endOffset - flight.workedNanos()));
    }

    private Future<Outcome> withToken(Supplier<Future<Outcome>> then) {
        OAuth2Client client = client();
        if (client == null) {
            return then.get();
        }
        return tokens.get(flight, client, request.purpose(), left())
                .compose(answer -> {
                    token = answer;
                    tokenBooked = answer.attempts().isEmpty();
                    attempts.addAll(answer.attempts());
                    Failure failure = answer.failure();
                    return failure == null ? then.get() : ended(null, failure);
                });
    }

    private @Nullable OAuth2Client client() {
        return request.step().request().auth() instanceof Auth.OAuth2(String name)
                ? requireNonNull(flight.target().plan().oauth2().get(name))
                : null;
    }

    private Future<Outcome> admit() {
        String spanId = flight.trace().newSpanId();
        HttpCall call;
        try {
            call = build(spanId);
        } catch (IllegalArgumentException e) {
            return ended(null, HttpSteps.fault(e));
        }
        return sender.turn(flight, request.purpose(), left())
                .compose(stop ->
                        stop.isPresent() ? Future.succeededFuture(stop) : request.admission().get())
                .compose(stop -> stop.isPresent() ? ended(null, stop.get()) : send(call, spanId));
    }

    /** A further attempt, which waits for its turn as the first one did. */
    private Future<Outcome> sendInTurn(HttpAttempt before, HttpCall call, String spanId) {
        return sender.turn(flight, request.purpose(), left())
                .compose(stop -> stop.isPresent() ? ended(before, stop.get()) : send(call, spanId));
    }

    private HttpCall build(String spanId) {
        return new RequestBuilder(flight)
                .build(
                        request.step(),
                        request.key(),
                        token == null ? null : token.token(),
                        flight.trace().traceparent(spanId),
                        left());
    }

    private Future<Outcome> send(HttpCall call, String spanId) {
        return sender.send(flight, call, spanId, request.purpose(), this::conceal)
                .compose(made -> received(call, made));
    }

    private void conceal(HttpAttempt attempt) {
        HttpAttempt.Response response = attempt.response();
        if (response != null) {
            ResponseJudge.secrets(request.step(), new Content(response)).forEach(flight::conceal);
        }
    }

    private Future<Outcome> received(HttpCall call, OnWire<HttpAttempt> made) {
        book(made);
        HttpAttempt.Response response = made.attempt().response();
        if (response == null) {
            return ended(made.attempt(), made.attempt().failure());
        }
        if (response.status() == 401 && token != null) {
            return refused(made.attempt());
        }
        String spanId = flight.trace().newSpanId();
        String traceparent = flight.trace().traceparent(spanId);
        return switch (redirects.after(call, response, traceparent, left())) {
            case Redirects.Next.None _ -> ended(made.attempt(), null);
            case Redirects.Next.Follow(HttpCall next) -> sendInTurn(made.attempt(), next, spanId);
            case Redirects.Next.Refuse(Failure failure) -> ended(made.attempt(), failure);
        };
    }

    private void book(OnWire<HttpAttempt> made) {
        OnWire<HttpAttempt> timed = made;
        if (token != null && !tokenBooked) {
            // The first attempt after it is the one that had to wait for the token.
            timed = new OnWire<>(made.attempt(), made.phases().with(Phase.TOKEN, token.nanos()));
            tokenBooked = true;
        }
        latencyNanos += made.attempt().phases().totalNanos();
        attempts.add(timed.booked(request.purpose()));
    }

    /** A kept token may have been revoked; one that was fetched just now is refused for good. */
    private Future<Outcome> refused(HttpAttempt attempt) {
        Tokens.Answer used = requireNonNull(token);
        OAuth2Client client = requireNonNull(client());
        String text = used.token();
        if (text != null) {
            tokens.drop(flight, client, text);
        }
        if (used.fetched() || refreshed || endOffset <= flight.workedNanos()) {
            return ended(attempt, null);
        }
        refreshed = true;
        flight.note("the kept token was refused; asking for a new one");
        return tokens.get(flight, client, request.purpose(), left())
                .compose(answer -> {
                    if (answer.failure() != null) {
                        // Before the answer that is judged: the refusal, not the token's failure.
                        attempts.addAll(attempts.size() - 1, answer.attempts());
                        return ended(attempt, null);
                    }
                    attempts.addAll(answer.attempts());
                    token = answer;
                    tokenBooked = false;
                    String spanId = flight.trace().newSpanId();
                    return sendInTurn(attempt, build(spanId), spanId);
                });
    }

    private Future<Outcome> ended(@Nullable HttpAttempt last, @Nullable Failure failure) {
        return Future.succeededFuture(new Outcome(attempts, last, failure, latencyNanos));
    }
}
