package io.paybeacon.telemetry;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The formats in which metrics can be read. */
public enum ExpositionFormat {
    /** OpenMetrics 1.0: the only one that carries exemplars. */
    OPENMETRICS(OpenMetricsTextFormatWriter.CONTENT_TYPE) {
        @Override
        ExpositionFormatWriter writer() {
            return OpenMetricsTextFormatWriter.create();
        }
    },
    /** Prometheus text 0.0.4: what everything reads. */
    TEXT(PrometheusTextFormatWriter.CONTENT_TYPE) {
        @Override
        ExpositionFormatWriter writer() {
            return PrometheusTextFormatWriter.create();
        }
    };

    private final String contentType;

    ExpositionFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The value of the {@code Content-Type} header. */
    public String contentType() {
        return contentType;
    }

    /**
     * The format that a client wants most; OpenMetrics when it wants both as much. A client that
     * wants neither gets text, because a scrape that answers says more than one that refuses.
     *
     * @param accept the client's {@code Accept} header; null when it sent none
     */
    public static ExpositionFormat negotiate(@Nullable String accept) {
        if (accept == null || accept.length() > Limits.ACCEPT_CHARS_MAX) {
            return TEXT;
        }
        int openMetrics = 0;
        int text = 0;
        for (String range : accept.split(",", -1)) {
            AcceptedType accepted = AcceptedType.parse(range);
            if (accepted.is("application/openmetrics-text", "1.0.0")) {
                openMetrics = Math.max(openMetrics, accepted.permille());
            } else if (accepted.is("text/plain", "0.0.4")
                    || accepted.is("text/*", "")
                    || accepted.is("*/*", "")) {
                text = Math.max(text, accepted.permille());
            }
        }
        return openMetrics > 0 && openMetrics >= text ? OPENMETRICS : TEXT;
    }

    byte[] write(MetricSnapshots snapshots) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer().write(out, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException("a write to memory failed", e);
        }
        return out.toByteArray();
    }

    abstract ExpositionFormatWriter writer();
}
