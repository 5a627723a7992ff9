package io.paybeacon.sandbox;

import io.paybeacon.sandbox.api.RequestCounter;
import io.paybeacon.sandbox.gateway.GatewayKind;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What a gateway counted, in the Prometheus text format 0.0.4
 * (prometheus.io/docs/instrumenting/exposition_formats).
 */
final class MetricsText {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final int NANO_DIGITS = 9;
    private static final int MILLI_DIGITS = 3;

    private final StringBuilder text = new StringBuilder();
    private final GatewayKind kind;
    private final Map<String, RequestCounter.Counts> operations;

    private MetricsText(GatewayKind kind, Map<String, RequestCounter.Counts> operations) {
        this.kind = kind;
        this.operations = operations;
    }

    static String of(GatewayKind kind, Map<String, RequestCounter.Counts> operations) {
        MetricsText metrics = new MetricsText(kind, operations);
        metrics.requests();
        metrics.errors();
        metrics.durations();
        return metrics.text.toString();
    }

    private void requests() {
        header("sandbox_requests_total", "counter", "API requests received.");
        operations.forEach((operation, counts) ->
                sample("sandbox_requests_total", operation, "", Long.toString(counts.received())));
    }

    private void errors() {
        header("sandbox_request_errors_total", "counter", "API requests answered with 5xx.");
        operations.forEach((operation, counts) -> {
            long errors =
                    counts.answered().entrySet().stream()
                            .filter(e -> e.getKey() >= 500)
                            .mapToLong(Map.Entry::getValue)
                            .sum();
            sample("sandbox_request_errors_total", operation, "", Long.toString(errors));
        });
    }

    private void durations() {
        String name = "sandbox_request_duration_seconds";
        header(name, "histogram", "From the end of a request's head to the end of its answer.");
        operations.forEach((operation, counts) -> {
            long answered = counts.answered().values().stream().mapToLong(n -> n).sum();
            for (int i = 0; i < RequestCounter.BUCKETS_MILLIS.size(); i++) {
                String bound = seconds(RequestCounter.BUCKETS_MILLIS.get(i), MILLI_DIGITS);
                String count = Long.toString(counts.buckets().get(i));
                sample(name + "_bucket", operation, ",le=\"" + bound + "\"", count);
            }
            sample(name + "_bucket", operation, ",le=\"+Inf\"", Long.toString(answered));
            sample(name + "_sum", operation, "", seconds(counts.durationNanos(), NANO_DIGITS));
            sample(name + "_count", operation, "", Long.toString(answered));
        });
    }

    private static String seconds(long value, int digits) {
        return BigDecimal.valueOf(value, digits).stripTrailingZeros().toPlainString();
    }

    private void header(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, String operation, String more, String value) {
        text.append(name)
                .append("{gateway=\"")
                .append(kind.wireName())
                .append("\",operation=\"")
                .append(operation)
                .append('"')
                .append(more)
                .append("} ")
                .append(value)
                .append('\n');
    }
}
