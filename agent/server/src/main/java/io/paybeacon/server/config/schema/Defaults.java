package io.paybeacon.server.config.schema;

import java.time.Duration;
import java.util.List;

/** What holds where the configuration says nothing, and the bounds of what it may say. */
public final class Defaults {
    /** Where the agent listens. */
    public static final String LISTEN = "127.0.0.1:9465";

    /** Where it keeps its data, below the folder of the file. */
    public static final String DATA = "data";

    /** Characters of a token, at least: 16 of base64 are 96 bits. */
    public static final int TOKEN_CHARS_MIN = 16;

    /** Characters of a token, at most. */
    public static final int TOKEN_CHARS_MAX = 512;

    /** Webhooks of a gateway account in a second that can be configured, and of a burst. */
    public static final int WEBHOOKS_MAX = 1_000_000;

    /** Named tokens. */
    public static final int TOKENS_MAX = 64;

    /** Tokens of one name that hold at once: one, and the one that replaces it. */
    public static final int TOKEN_SECRETS_MAX = 4;

    /** Secrets of one gateway. */
    public static final int SECRETS_MAX = 16;

    /** Requests in a second that can be configured. */
    public static final int PACE_REQUESTS_MAX = 1_000;

    /** Runs at once that can be configured. */
    public static final int PACE_RUNS_MAX = 64;

    /** Maintenance windows of a gateway or a probe. */
    public static final int MAINTENANCE_MAX = 50;

    /** The longest maintenance window, so that a wrong year does not silence a probe. */
    public static final Duration MAINTENANCE_LENGTH_MAX = Duration.ofDays(31);

    /** Between two runs of a probe. */
    public static final Duration PROBE_EVERY = Duration.ofMinutes(1);

    /** Between two runs of a probe, at most. */
    public static final Duration PROBE_EVERY_MAX = Duration.ofDays(1);

    /** Between two questions to a source. */
    public static final Duration SOURCE_EVERY = Duration.ofMinutes(1);

    /** Between two questions to a source, at least: status pages ask for no more. */
    public static final Duration SOURCE_EVERY_MIN = Duration.ofSeconds(5);

    /** Between two questions to a source, at most. */
    public static final Duration SOURCE_EVERY_MAX = Duration.ofHours(1);

    /** How long a source may take to answer. */
    public static final Duration SOURCE_TIMEOUT = Duration.ofSeconds(10);

    /** How long a source may take to answer, at most. */
    public static final Duration SOURCE_TIMEOUT_MAX = Duration.ofMinutes(1);

    /** Sources of an agent. */
    public static final int SOURCES_MAX = 100;

    /** How long a module of {@code /probe} may take. */
    public static final Duration MODULE_TIMEOUT = Duration.ofSeconds(10);

    /** How long a module may take, at most. */
    public static final Duration MODULE_TIMEOUT_MAX = Duration.ofMinutes(2);

    /** Modules of an agent. */
    public static final int MODULES_MAX = 100;

    /** Redirects that a module follows. */
    public static final int MODULE_REDIRECTS = 10;

    /** Redirects that can be configured. */
    public static final int MODULE_REDIRECTS_MAX = 20;

    /** Bytes of a dialogue in which an expected text is sought. */
    public static final int EXPECT_BYTES_MAX = 64 * 1024;

    /** Modules that exist without being configured. */
    public static final List<String> MODULES =
            List.of("http_2xx", "http_post_2xx", "tcp_connect", "tls_connect", "dns_a", "grpc");

    /** The largest threshold of the agent's health. */
    public static final Duration HEALTH_MAX = Duration.ofMinutes(1);

    /** The longest time after an illness. */
    public static final Duration RECOVERY_MAX = Duration.ofHours(1);

    /** The longest limit of payments. */
    public static final Duration PAYMENT_LIMIT_MAX = Duration.ofDays(365);

    /** The longest time that payments may be kept for. */
    public static final Duration PAYMENT_KEPT_MAX = Duration.ofDays(3_650);

    /** Connections to the database of findings. */
    public static final int FINDINGS_CONNECTIONS_MAX = 32;

    /** How long a connection to the database of findings, or a statement, may take. */
    public static final Duration FINDINGS_TIMEOUT_MAX = Duration.ofMinutes(1);

    private Defaults() {}

    /** A duration as a file would say it. */
    public static String text(Duration duration) {
        if (duration.toMillis() % 1_000 != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
