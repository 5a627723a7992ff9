package io.paybeacon.server.source;

import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;

/**
 * The one number that a Prometheus server answers a query with: a scalar, or a vector of one series
 * (prometheus.io/docs/prometheus/latest/querying/api, instant queries).
 */
final class PromQlAnswer {
    private static final int NUMBER_CHARS_MAX = 64;

    private PromQlAnswer() {}

    /**
     * The number.
     *
     * @throws BadAnswerException if the answer is an error, has no series or several, or its value
     *     is not a finite number
     */
    static BigDecimal read(String text) throws BadAnswerException {
        try {
            JsonObject answer = new JsonObject(text);
            if (!"success".equals(answer.getString("status"))) {
                throw new BadAnswerException(
                        SourceReason.MALFORMED,
                        "the server refuses the query (%s)"
                                .formatted(answer.getString("errorType")));
            }
            JsonObject data = answer.getJsonObject("data");
            String type = data.getString("resultType");
            JsonArray result = data.getJsonArray("result");
            return switch (type) {
                case "scalar" -> number(result.getString(1));
                case "vector" -> single(result);
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
                    SourceReason.MALFORMED, "the answer is not of the query API");
        }
    }

    private static BigDecimal single(JsonArray result) throws BadAnswerException {
        if (result.isEmpty()) {
            throw new BadAnswerException(SourceReason.NO_SERIES, "the query gives no series");
        }
        if (result.size() > 1) {
            throw new BadAnswerException(
                    SourceReason.BAD_VALUE,
                    "the query gives %d series; aggregate them to one, such as with max()"
                            .formatted(result.size()));
        }
        return number(result.getJsonObject(0).getJsonArray("value").getString(1));
    }

    private static BigDecimal number(String text) throws BadAnswerException {
        try {
            if (text.length() <= NUMBER_CHARS_MAX) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException e) {
            // NaN and the infinities, told below.
        }
        throw new BadAnswerException(SourceReason.BAD_VALUE, "the value is not a finite number");
    }
}
