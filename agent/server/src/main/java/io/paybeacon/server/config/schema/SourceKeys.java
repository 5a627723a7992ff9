package io.paybeacon.server.config.schema;

import io.paybeacon.server.config.schema.Shape.Choice;
import io.paybeacon.server.config.schema.Shape.Group;
import io.paybeacon.server.config.schema.Shape.OneOrMore;
import io.paybeacon.server.config.schema.Shape.Reference;
import io.paybeacon.server.config.schema.Shape.Span;
import io.paybeacon.server.config.schema.Shape.Text;
import io.paybeacon.server.config.schema.Shape.Word;
import java.util.List;

/** The keys of a source: something that others measured, and the agent asks for. */
public final class SourceKeys {
    /** The kinds of sources. */
    public static final List<String> KINDS = List.of("statusPage", "prometheus", "promql");

    /** The units of durations in a scraped series. */
    public static final List<String> UNITS = List.of("seconds", "milliseconds", "microseconds");

    private static final Text SELECTOR =
            new Text("a series, with labels in braces", "", "http_errors_total{job=\"api\"}");

    /** How a signal is read from a scrape. */
    public static final Choice READING =
            new Choice(
                    List.of(
                            Group.of(
                                    Key.required(
                                            "series",
                                            SELECTOR,
                                            "The series whose value is the signal; it must be the"
                                                    + " only one that matches."),
                                    unit()),
                            Group.of(
                                    Key.required(
                                            "increase",
                                            SELECTOR,
                                            "A counter, such as errors, or the sum of durations."
                                                    + " All that match are added."),
                                    Key.required(
                                            "per",
                                            new Text(
                                                    "a series, with labels in braces",
                                                    "",
                                                    "http_requests_total{job=\"api\"}"),
                                            "The counter that it is divided by: both by how much"
                                                    + " they grew between two scrapes."),
                                    unit())));

    /** The signals of a scraped endpoint. */
    public static final Group SERIES =
            Group.of(
                    signal("latency", "The latency that others measured."),
                    signal("errorRatio", "The share of failed requests, from 0 to 1."),
                    signal(
                            "status",
                            "The status: 0 operational, 1 maintenance, 2 degraded, 3 partial"
                                    + " outage, 4 major outage."));

    /** The signals that a Prometheus server is asked for. */
    public static final Group QUERIES =
            Group.of(
                    query("latency", "Gives seconds."),
                    query("errorRatio", "Gives a share from 0 to 1."),
                    query("status", "Gives a status from 0 to 4, as above."));

    /** A source. */
    public static final Group SOURCE =
            Group.of(
                    Key.required(
                            "gateway",
                            new Text("a name under `gateways`", "", "stripe"),
                            "Which account it tells of."),
                    Key.required(
                            "kind",
                            new Word(KINDS, "statusPage"),
                            "A status page that answers `api/v2/summary.json`, an endpoint in the"
                                    + " format of Prometheus or OpenMetrics, or a query to a"
                                    + " Prometheus server."),
                    Key.required(
                            "url",
                            new Text(
                                    "an `http` or `https` URL",
                                    "https?://.+",
                                    "https://status.example/api/v2/summary.json"),
                            "The document, the endpoint, or the Prometheus server."),
                    Key.optional(
                            "every",
                            new Span("from 5s to 1h", "1m"),
                            Defaults.text(Defaults.SOURCE_EVERY),
                            "The time between two questions."),
                    Key.optional(
                            "timeout",
                            new Span("at most 1m, and less than `every`", "10s"),
                            Defaults.text(Defaults.SOURCE_TIMEOUT),
                            "How long an answer may take."),
                    Key.optional(
                            "components",
                            new OneOrMore(new Text("a component's name", "", "Payments API")),
                            "the page as a whole",
                            "`statusPage` alone: the components that matter; the worst of them"
                                    + " counts."),
                    Key.optional(
                            "series",
                            SERIES,
                            "none",
                            "`prometheus` alone, and needed there: where each signal stands."),
                    Key.optional(
                            "queries",
                            QUERIES,
                            "none",
                            "`promql` alone, and needed there: what to ask for each signal."),
                    Key.optional(
                            "token",
                            new Reference("${file:source-token}"),
                            "none",
                            "A bearer token."),
                    Key.optional(
                            "user",
                            new Reference("${env:SOURCE_USER}"),
                            "none",
                            "A user's name, with `password` (basic authentication)."),
                    Key.optional(
                            "password",
                            new Reference("${file:source-password}"),
                            "none",
                            "The user's password, with `user`."),
                    CommonKeys.trust(),
                    CommonKeys.clientCertificate(),
                    CommonKeys.proxy());

    private SourceKeys() {}

    private static Key unit() {
        return Key.optional(
                "unit",
                new Word(UNITS, "seconds"),
                "seconds",
                "The unit of a latency in the scrape; of `latency` alone.");
    }

    private static Key signal(String name, String meaning) {
        return Key.optional(name, READING, "not read", meaning);
    }

    private static Key query(String name, String meaning) {
        return Key.optional(
                name,
                new Text("a query with one result", "", "avg(up{job=\"api\"})"),
                "not asked",
                meaning);
    }
}
