package io.paybeacon.probe.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpAttempt;
import io.paybeacon.probe.http.HttpCall;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.JsonDocument;
import io.paybeacon.probe.plan.OAuth2Client;
import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.yaml.Value;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gets OAuth2 tokens, and keeps each for its target until shortly before it expires. Thread-safe.
 */
final class Tokens {

    /** Statuses with which a server refuses a client (RFC 6749, section 5.2), or its address. */
    private static final Set<Integer> REFUSED = Set.of(400, 401, 403);

    private static final BigDecimal LIFE_MAX_SECONDS = BigDecimal.valueOf(86_400);

    /**
     * A token, or why there is none.
     *
     * @param token null when there is none
     * @param fetched whether it was fetched just now
     * @param attempts the attempt that fetched it, or that failed to
     * @param failure null when there is a token
     */
    record Answer(
            @Nullable String token,
            boolean fetched,
            List<AttemptResult> attempts,
            @Nullable Failure failure) {

        /** How long the token took; zero when it was there. */
        long nanos() {
            return attempts.stream().mapToLong(a -> a.phases().totalNanos()).sum();
        }
    }

    private record Key(String probe, String client) {}

    /** A token with what it was asked with: a changed configuration needs another one. */
    private record Kept(String token, String askedWith, long endsAtNanos) {}

    private final HttpSender sender;
    private final LongSupplier nanos;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    Tokens(HttpSender sender, LongSupplier nanos) {
        this.sender = sender;
        this.nanos = nanos;
    }

    /**
     * The kept token of a client, or a new one.
     *
     * @param purpose what it is for
     */
    Future<Answer> get(Flight flight, OAuth2Client client, Purpose purpose, Duration left) {
        Key key = new Key(flight.target().name(), client.name());
        String askedWith = askedWith(flight, client);
        Kept found = kept.get(key);
        if (found != null
                && found.askedWith().equals(askedWith)
                && found.endsAtNanos() - nanos.getAsLong() > 0) {
            flight.conceal(found.token());
            return Future.succeededFuture(new Answer(found.token(), false, List.of(), null));
        }
        kept.remove(key);
        return sender.turn(flight, purpose, left)
                .compose(stop ->
                        stop.isPresent()
                                ? Future.succeededFuture(
                                        new Answer(null, false, List.of(), stop.get()))
                                : fetch(flight, client, key, askedWith, left));
    }

    /** Forgets the token of a client, if it is still that one: the gateway does not take it. */
    void drop(Flight flight, OAuth2Client client, String token) {
        kept.computeIfPresent(
                new Key(flight.target().name(), client.name()),
                (_, found) -> keptUnless(found, token));
    }

    @SuppressWarnings("NullAway") // Map.computeIfPresent removes on null.
    private static Kept keptUnless(Kept found, String token) {
        return found.token().equals(token) ? null : found;
    }

    private Future<Answer> fetch(
            Flight flight, OAuth2Client client, Key key, String askedWith, Duration left) {
        Duration deadline = client.timeout().compareTo(left) < 0 ? client.timeout() : left;
        String spanId = flight.trace().newSpanId();
        HttpCall call;
        try {
            call =
                    new RequestBuilder(flight)
                            .token(
                                    client,
                                    flight.trace().traceparent(spanId),
                                    deadline,
                                    Limits.TOKEN_BYTES_MAX);
        } catch (IllegalArgumentException e) {
            return Future.succeededFuture(new Answer(null, false, List.of(), HttpSteps.fault(e)));
        }
        return sender.send(flight, call, spanId, Purpose.TOKEN, attempt -> conceal(flight, attempt))
                .map(made -> {
                    AttemptResult booked = made.booked(Purpose.TOKEN);
                    HttpAttempt.Response response = made.attempt().response();
                    if (response == null) {
                        return new Answer(null, true, List.of(booked), made.attempt().failure());
                    }
                    Token token = read(response);
                    Failure failure = token.failure();
                    String text = token.text();
                    if (failure == null && text != null && kept.size() < Limits.TOKENS_MAX) {
                        long ends = nanos.getAsLong() + token.keptFor().toNanos();
                        kept.put(key, new Kept(text, askedWith, ends));
                    }
                    return new Answer(text, true, List.of(booked.judged(failure)), failure);
                });
    }

    private String askedWith(Flight flight, OAuth2Client client) {
        RequestBuilder builder = new RequestBuilder(flight);
        return String.join(
                "\n",
                flight.target().baseUrl().toString(),
                client.address().toString(),
                builder.text(client.clientId()),
                builder.text(client.clientSecret()),
                client.scope() == null ? "" : builder.text(client.scope()));
    }

    private static void conceal(Flight flight, HttpAttempt attempt) {
        HttpAttempt.Response response = attempt.response();
        String token = response == null ? null : read(response).text();
        if (token != null) {
            flight.conceal(token);
        }
    }

    /** What a response of the token endpoint says. */
    private record Token(@Nullable String text, Duration keptFor, @Nullable Failure failure) {

        static Token none(ProbeReason reason, String detail) {
            return new Token(null, Duration.ZERO, new Failure(reason, detail));
        }
    }

    private static Token read(HttpAttempt.Response response) {
        int status = response.status();
        if (status != 200) {
            return Token.none(
                    REFUSED.contains(status)
                            ? ProbeReason.AUTH
                            : ResponseJudge.statusReason(status),
                    "no token: status " + status);
        }
        Object document;
        try {
            document = JsonDocument.parse(response.body().getBytes());
        } catch (JsonProcessingException e) {
            return Token.none(ProbeReason.SCHEMA, "the token's answer is not JSON");
        }
        if (!(document instanceof Map<?, ?> fields)
                || !(fields.get("access_token") instanceof Value.Text(String token))
                || token.isEmpty()
                || token.length() > Limits.TOKEN_CHARS_MAX
                || token.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f)) {
            return Token.none(ProbeReason.SCHEMA, "no usable access_token in the answer");
        }
        if (fields.get("token_type") instanceof Value type
                && !type.text().equalsIgnoreCase("bearer")) {
            return Token.none(ProbeReason.SCHEMA, "a token of type \"%s\"".formatted(type.text()));
        }
        return new Token(token, life(fields.get("expires_in")), null);
    }

    /** How long the token is kept: shortly less than it lives, half of it when it lives briefly. */
    private static Duration life(@Nullable Object expiresIn) {
        BigDecimal seconds =
                expiresIn instanceof Value value
                        ? Value.Decimal.parse(value.text())
                                .map(Value.Decimal::decimal)
                                .orElse(BigDecimal.ZERO)
                        : BigDecimal.valueOf(Limits.TOKEN_LIFE_DEFAULT.toSeconds());
        if (seconds.signum() <= 0) {
            return Duration.ZERO;
        }
        Duration lives = Duration.ofSeconds(seconds.min(LIFE_MAX_SECONDS).longValue());
        Duration half = lives.dividedBy(2);
        return half.compareTo(Limits.TOKEN_SPARE) < 0 ? half : lives.minus(Limits.TOKEN_SPARE);
    }
}
