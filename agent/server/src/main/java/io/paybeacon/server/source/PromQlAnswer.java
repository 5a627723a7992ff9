package io.paybeacon.server.source;

import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The one number that a Prometheus server answers a query with: a scalar, or a vector of one series
 * (prometheus.io/docs/prometheus/latest/querying/api, instant queries).
 */
final class PromQlAnswer {
    /** Beyond this the server's clock or a cache between is not to be believed. */
    static final Duration STALE_AFTER = Duration.ofMinutes(5);

    /** The types of errors that the API documents; another is none of them. */
    private static final Set<String> ERRORS =
            Set.of(
                    "timeout",
                    "canceled",
                    "execution",
                    "bad_data",
                    "internal",
                    "unavailable",
                    "not_found",
                    "not_acceptable");

    private PromQlAnswer() {}

    /** Whether the API says with such a status what it did not like. */
    static boolean tellsErrorWith(int status) {
        return status == 400 || status == 422 || status == 503;
    }

    /** What an answer with such a status means. */
    static BadAnswerException error(int status, Document document) {
        String why;
        try {
            why = errorType(new JsonObject(document.text()));
        } catch (DecodeException | ClassCastException e) {
            why = document.said();
        }
        return new BadAnswerException(
                SourceReason.HTTP_STATUS, "it answers %d (%s)".formatted(status, why));
    }

    /** Of a server's text no more than a word that is known goes into logs. */
    private static String errorType(JsonObject answer) {
        String type = answer.getString("errorType");
        return type != null && ERRORS.contains(type) ? type : "an error without a known type";
    }

    /**
     * The number.
     *
     * @throws BadAnswerException if the answer is an error, has no series or several, or its value
     *     is not a finite number
     */
    static BigDecimal read(Document document) throws BadAnswerException {
        try {
            JsonObject answer = new JsonObject(document.text());
            if (!"success".equals(answer.getString("status"))) {
                throw new BadAnswerException(
                        SourceReason.MALFORMED,
                        "the server refuses the query (%s)".formatted(errorType(answer)));
            }
            JsonArray warnings = answer.getJsonArray("warnings");
            if (warnings != null && !warnings.isEmpty()) {
                throw new BadAnswerException(
                        SourceReason.BAD_VALUE,
                        "the server gives the result with %d warnings, so that it may be wrong;"
                                        .formatted(warnings.size())
                                + " ask the server for them");
            }
            JsonObject data = answer.getJsonObject("data");
            String type = data.getString("resultType");
            JsonArray result = data.getJsonArray("result");
            return switch (type) {
                case "scalar" -> number(result, document.receivedAt());
                case "vector" -> single(result, document.receivedAt());
                default ->
                        throw new BadAnswerException(
                                SourceReason.BAD_VALUE,
                                "the query gives a "
                                        + type
                                        + "; write one that gives a number or one series");
            };
        } catch (DecodeException
                | ClassCastException
                | NullPointerException
                | IndexOutOfBoundsException e) {
            throw new BadAnswerException(
                    SourceReason.MALFORMED,
                    "the answer is not of the query API; " + document.said());
        }
    }

    private static BigDecimal single(JsonArray result, Instant now) throws BadAnswerException {
        if (result.isEmpty()) {
            throw new BadAnswerException(SourceReason.NO_SERIES, "the query gives no series");
        }
        if (result.size() > 1) {
            throw new BadAnswerException(
                    SourceReason.BAD_VALUE,
                    "the query gives %d series; aggregate them to one, such as with max()"
                            .formatted(result.size()));
        }
        return number(result.getJsonObject(0).getJsonArray("value"), now);
    }

    private static BigDecimal number(JsonArray sample, Instant now) throws BadAnswerException {
        double seconds = ((Number) sample.getValue(0)).doubleValue();
        if (!(Math.abs(now.toEpochMilli() / 1000.0 - seconds) <= STALE_AFTER.toSeconds())) {
            throw new BadAnswerException(
                    SourceReason.BAD_VALUE,
                    "the result is of another time, more than %d s away: a cache or a clock errs"
                            .formatted(STALE_AFTER.toSeconds()));
        }
        BigDecimal number;
        try {
            number = Numbers.read(sample.getString(1));
        } catch (NumberFormatException e) {
            number = null;
        }
        if (number == null) {
            throw new BadAnswerException(
                    SourceReason.BAD_VALUE, "the value is not a finite number");
        }
        return number;
    }
}
