package io.paybeacon.server.config;

import io.paybeacon.probe.secret.Secret;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.server.config.SourceConfig.Question;
import io.paybeacon.server.config.SourceConfig.Reading;
import io.paybeacon.server.config.SourceConfig.Signal;
import io.paybeacon.server.config.SourceConfig.Unit;
import io.paybeacon.server.config.schema.Defaults;
import io.paybeacon.server.config.schema.Shape.Group;
import io.paybeacon.server.config.schema.SourceKeys;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the sources. */
final class SourceReader {
    private static final URI UNKNOWN = URI.create("https://source.invalid");

    private final ReadingContext context;
    private final ConnectionReader connections;
    private final Set<String> gateways;

    /**
     * For one reading.
     *
     * @param gateways the names of the configured accounts
     */
    SourceReader(ReadingContext context, Set<String> gateways) {
        this.context = context;
        this.connections = new ConnectionReader(context);
        this.gateways = gateways;
    }

    private enum Kind {
        STATUS_PAGE("statusPage", "components"),
        PROMETHEUS("prometheus", "series"),
        PROMQL("promql", "queries");

        private final String label;
        private final String key;

        /** A kind and the key that it alone has. */
        Kind(String label, String key) {
            this.label = label;
            this.key = key;
        }

        String label() {
            return label;
        }
    }

    List<SourceConfig> read(Fields document) {
        Map<String, SourceConfig> sources = new TreeMap<>();
        Map<String, YamlNode.Entry> entries =
                document.entries("sources", "write a name for each source, and its keys below it");
        if (entries.size() > Defaults.SOURCES_MAX) {
            document.problem(
                    "sources",
                    "it has %d sources; at most %d are read"
                            .formatted(entries.size(), Defaults.SOURCES_MAX));
            return List.of();
        }
        entries.forEach((name, entry) -> {
            context.checkName("sources", name, entry.keyLine());
            Fields fields = context.fields(entry.node(), "sources." + name, SourceKeys.SOURCE);
            source(name, fields).ifPresent(source -> sources.put(name, source));
        });
        return new ArrayList<>(sources.values());
    }

    private Optional<SourceConfig> source(String name, Fields fields) {
        if (!fields.has("gateway")) {
            fields.missing("gateway", "name one of the gateways above");
        }
        String gateway = fields.optionalText("gateway", "name one of the gateways").orElse("");
        if (!gateway.isEmpty() && !gateways.contains(gateway)) {
            fields.problem("gateway", ConfigReader.noSuch("gateway", gateway, gateways));
        }
        URI url =
                context.url(fields, "url", "https://status.example/api/v2/summary.json")
                        .orElse(UNKNOWN);
        Duration every = every(fields);
        Duration timeout = timeout(fields, every);
        Optional<Secret> token = context.secret(fields, "token");
        Optional<Login> login = context.login(fields);
        if (fields.has("token") && fields.has("user")) {
            fields.problem("token", "a user is named as well; keep one of them");
        }
        Connection connection = connections.read(fields);
        Kind kind = context.word(fields, "kind", Kind.class, Kind::label).orElse(null);
        if (!fields.has("kind")) {
            fields.missing("kind", "write " + String.join(", ", SourceKeys.KINDS));
        }
        if (kind == null) {
            return Optional.empty();
        }
        refuseKeysOfOthers(fields, kind);
        return Optional.of(
                new SourceConfig(
                        name,
                        gateway,
                        url,
                        every,
                        timeout,
                        question(fields, kind),
                        token,
                        login,
                        connection));
    }

    private static Duration every(Fields fields) {
        Duration every =
                fields.duration("every", Defaults.SOURCE_EVERY_MAX).orElse(Defaults.SOURCE_EVERY);
        if (every.compareTo(Defaults.SOURCE_EVERY_MIN) < 0) {
            fields.problem(
                    "every",
                    "it is too often; write at least " + Defaults.text(Defaults.SOURCE_EVERY_MIN));
        }
        return every;
    }

    private static Duration timeout(Fields fields, Duration every) {
        Duration standard =
                every.compareTo(Defaults.SOURCE_TIMEOUT) > 0
                        ? Defaults.SOURCE_TIMEOUT
                        : every.dividedBy(2);
        Duration timeout = fields.duration("timeout", Defaults.SOURCE_TIMEOUT_MAX).orElse(standard);
        if (timeout.compareTo(every) >= 0) {
            fields.problem(
                    "timeout",
                    "it is not less than every (%s), so that answers would overlap"
                            .formatted(Defaults.text(every)));
        }
        return timeout;
    }

    private static void refuseKeysOfOthers(Fields fields, Kind kind) {
        for (Kind other : Kind.values()) {
            if (other != kind && fields.has(other.key)) {
                fields.problem(
                        other.key,
                        "it belongs to sources of kind %s, and this one is of kind %s"
                                .formatted(other.label, kind.label));
            }
        }
    }

    private Question question(Fields fields, Kind kind) {
        return switch (kind) {
            case STATUS_PAGE -> new Question.StatusPage(List.copyOf(fields.texts("components")));
            case PROMETHEUS -> new Question.Scrape(readings(signals(fields, kind)));
            case PROMQL -> new Question.PromQl(queries(signals(fields, kind)));
        };
    }

    /** The signals of a source, one at least; none with a problem added. */
    private @Nullable Fields signals(Fields parent, Kind kind) {
        String remedy = "name one signal at least: " + String.join(", ", SourceKeys.SERIES.names());
        YamlNode node = parent.node(kind.key).orElse(null);
        if (node == null) {
            parent.missing(kind.key, remedy);
            return null;
        }
        Group group = kind == Kind.PROMQL ? SourceKeys.QUERIES : SourceKeys.SERIES;
        Fields fields = context.fields(node, parent.path(kind.key), group);
        if (group.names().stream().noneMatch(fields::has)) {
            parent.problem(kind.key, "it names no signal; " + remedy);
        }
        return fields;
    }

    private static Map<Signal, String> queries(@Nullable Fields fields) {
        Map<Signal, String> queries = new EnumMap<>(Signal.class);
        if (fields != null) {
            for (Signal signal : Signal.values()) {
                fields.optionalText(signal.key(), "write a query in PromQL")
                        .ifPresent(query -> queries.put(signal, query));
            }
        }
        return queries;
    }

    private Map<Signal, Reading> readings(@Nullable Fields fields) {
        Map<Signal, Reading> readings = new EnumMap<>(Signal.class);
        if (fields != null) {
            for (Signal signal : Signal.values()) {
                fields.node(signal.key())
                        .flatMap(node -> reading(node, fields.path(signal.key()), signal))
                        .ifPresent(reading -> readings.put(signal, reading));
            }
        }
        return readings;
    }

    private Optional<Reading> reading(YamlNode node, String where, Signal signal) {
        boolean ratio =
                node instanceof YamlNode.Mapping mapping
                        && (mapping.entries().containsKey("increase")
                                || mapping.entries().containsKey("per"));
        List<Group> forms = SourceKeys.READING.groups();
        Fields fields = context.fields(node, where, ratio ? forms.getLast() : forms.getFirst());
        Unit unit = context.word(fields, "unit", Unit.class, Unit::label).orElse(Unit.SECONDS);
        if (fields.has("unit") && signal != Signal.LATENCY) {
            fields.problem("unit", "a latency alone has a unit; leave it out");
        }
        if (!ratio) {
            return selector(fields, "series").map(series -> new Reading.Value(series, unit));
        }
        if (signal == Signal.STATUS) {
            fields.problem("increase", "a status is no ratio; write series");
        }
        Optional<SeriesSelector> increase = selector(fields, "increase");
        Optional<SeriesSelector> per = selector(fields, "per");
        return increase.flatMap(above -> per.map(below -> new Reading.Ratio(above, below, unit)));
    }

    private static Optional<SeriesSelector> selector(Fields fields, String key) {
        String remedy = "write a series such as http_errors_total{job=\"api\"}";
        String text = fields.text(key, remedy);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<SeriesSelector> selector = SeriesSelector.parse(text);
        if (selector.isEmpty()) {
            fields.problem(key, "it is not a series; " + remedy);
        }
        return selector;
    }
}
