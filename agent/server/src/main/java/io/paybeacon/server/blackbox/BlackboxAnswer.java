package io.paybeacon.server.blackbox;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.probe.http.TlsFacts;
import io.paybeacon.probe.result.Phases;
import java.math.BigDecimal;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The samples of one answer while they are collected. Confined to one thread at a time. */
final class BlackboxAnswer {
    /** Characters of a label value that come from the target. */
    private static final int LABEL_CHARS_MAX = 256;

    private final Map<BlackboxMetric, List<String>> samples = new EnumMap<>(BlackboxMetric.class);

    /** A whole number. */
    BlackboxAnswer put(BlackboxMetric metric, long value, String... labels) {
        return put(metric, Long.toString(value), labels);
    }

    /** A duration of nanoseconds, in seconds. */
    BlackboxAnswer seconds(BlackboxMetric metric, long nanos, String... labels) {
        return put(metric, BigDecimal.valueOf(nanos, 9).toPlainString(), labels);
    }

    /** A value as it is written; labels are names and values in turn. */
    BlackboxAnswer put(BlackboxMetric metric, String value, String... labels) {
        StringBuilder line = new StringBuilder(metric.text());
        for (int i = 0; i < labels.length; i += 2) {
            line.append(i == 0 ? '{' : ',')
                    .append(labels[i])
                    .append("=\"")
                    .append(escaped(labels[i + 1]))
                    .append('"');
        }
        line.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
        samples.computeIfAbsent(metric, _ -> new ArrayList<>()).add(line.toString());
        return this;
    }

    /**
     * The phases of a kind of durations: those that were reached, and zero for those that were not
     * needed.
     *
     * @param passed whether the probe came to its end, so that what it did not reach took no time
     */
    BlackboxAnswer phases(
            BlackboxMetric metric, Phases phases, Map<String, List<Phase>> names, boolean passed) {
        names.forEach((name, of) -> {
            long nanos = 0;
            boolean reached = false;
            for (Phase phase : of) {
                OptionalLong one = phases.of(phase);
                reached |= one.isPresent();
                nanos += one.orElse(0);
            }
            if (reached || passed) {
                seconds(metric, nanos, "phase", name);
            }
        });
        return this;
    }

    /** The address that was probed; zeros when there was none. */
    BlackboxAnswer address(@Nullable InetAddress address) {
        put(
                BlackboxMetric.IP_PROTOCOL,
                switch (address) {
                    case Inet4Address _ -> 4;
                    case Inet6Address _ -> 6;
                    case null -> 0;
                    default -> 0;
                });
        return put(BlackboxMetric.IP_ADDR_HASH, address == null ? 0 : fnv1a(address.getAddress()));
    }

    /** FNV-1a of 32 bits, as the exporter hashes addresses. */
    private static long fnv1a(byte[] bytes) {
        int hash = 0x811c9dc5;
        for (byte one : bytes) {
            hash = (hash ^ (one & 0xff)) * 0x01000193;
        }
        return Integer.toUnsignedLong(hash);
    }

    /**
     * What the peer showed in its handshake.
     *
     * @param trusted whether it was believed
     */
    BlackboxAnswer tls(@Nullable TlsFacts tls, boolean trusted) {
        if (tls == null) {
            return this;
        }
        if (!tls.protocol().isEmpty()) {
            put(BlackboxMetric.TLS_VERSION, 1, "version", tls.protocol().replace("v", " "));
        }
        if (!tls.cipher().isEmpty()) {
            put(BlackboxMetric.TLS_CIPHER, 1, "cipher", tls.cipher());
        }
        tls.chain().stream()
                .map(TlsFacts.Certificate::notAfter)
                .min(Comparator.naturalOrder())
                .map(Instant::getEpochSecond)
                .ifPresent(at -> {
                    put(BlackboxMetric.SSL_EARLIEST_EXPIRY, at);
                    if (trusted) {
                        put(BlackboxMetric.SSL_CHAIN_EXPIRY, at);
                    }
                });
        if (!tls.chain().isEmpty()) {
            TlsFacts.Certificate leaf = tls.chain().getFirst();
            put(
                    BlackboxMetric.SSL_CHAIN_INFO,
                    1,
                    "fingerprint_sha256",
                    leaf.sha256(),
                    "issuer",
                    leaf.issuer(),
                    "subject",
                    leaf.subject(),
                    "subjectalternative",
                    leaf.names().stream()
                            .filter(name -> !Target.isAddress(name))
                            .collect(Collectors.joining(",")));
        }
        return this;
    }

    private static String escaped(String value) {
        String cut = value.length() > LABEL_CHARS_MAX ? value.substring(0, LABEL_CHARS_MAX) : value;
        return cut.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** In the text format 0.0.4 of Prometheus. */
    String text() {
        StringBuilder text = new StringBuilder();
        samples.forEach((metric, lines) -> {
            text.append("# HELP ").append(metric.text()).append(' ').append(metric.help());
            text.append("\n# TYPE ").append(metric.text()).append(" gauge\n");
            lines.forEach(text::append);
        });
        return text.toString();
    }
}
