package io.paybeacon.server.config;

import io.paybeacon.probe.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that others measured of a gateway.
 *
 * @param name chosen by the user: a label of metrics
 * @param gateway the configured name of the gateway account
 * @param url the document, the endpoint, or the Prometheus server
 * @param every between two questions
 * @param timeout of one question; less than {@code every}
 * @param what is asked
 * @param token the bearer token to show
 * @param login the user to show; never together with a token
 * @param connection how it is reached
 */
public record SourceConfig(
        String name,
        String gateway,
        URI url,
        Duration every,
        Duration timeout,
        Question what,
        Optional<Secret> token,
        Optional<Login> login,
        Connection connection) {
    /** What a source can tell. */
    public enum Signal {
        /** A latency. */
        LATENCY("latency"),
        /** A share of failed requests. */
        ERROR_RATIO("errorRatio"),
        /** A status. */
        STATUS("status");

        private final String key;

        Signal(String key) {
            this.key = key;
        }

        /** Its key in the configuration. */
        public String key() {
            return key;
        }
    }

    /** The units of a latency in a scrape. */
    public enum Unit {
        /** Seconds. */
        SECONDS("seconds", 1_000_000_000),
        /** Thousandths of a second. */
        MILLISECONDS("milliseconds", 1_000_000),
        /** Millionths of a second. */
        MICROSECONDS("microseconds", 1_000);

        private final String label;
        private final long nanos;

        Unit(String label, long nanos) {
            this.label = label;
            this.nanos = nanos;
        }

        /** The word in the configuration. */
        public String label() {
            return label;
        }

        /** Nanoseconds in one of it. */
        public long nanos() {
            return nanos;
        }
    }

    /** How a signal is read from a scrape. */
    public sealed interface Reading {
        /** The value of the one series that matches. */
        record Value(SeriesSelector series, Unit unit) implements Reading {}

        /**
         * By how much the counters that match grew between two scrapes, one divided by the other.
         */
        record Ratio(SeriesSelector increase, SeriesSelector per, Unit unit) implements Reading {}
    }

    /** What a source is asked. */
    public sealed interface Question {
        /**
         * The summary of a status page.
         *
         * @param components the names that matter; empty for the page as a whole
         */
        record StatusPage(List<String> components) implements Question {
            public StatusPage {
                components = List.copyOf(components);
            }
        }

        /** An exposition in the format of Prometheus or OpenMetrics; one signal at least. */
        record Scrape(Map<Signal, Reading> readings) implements Question {
            public Scrape {
                readings = Map.copyOf(new EnumMap<>(readings));
            }
        }

        /** Queries in PromQL to a Prometheus server; one signal at least. */
        record PromQl(Map<Signal, String> queries) implements Question {
            public PromQl {
                queries = Map.copyOf(new EnumMap<>(queries));
            }
        }
    }
}
