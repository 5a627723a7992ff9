package io.paybeacon.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.paybeacon.sandbox.fault.DurationText;
import io.paybeacon.sandbox.fault.Fault;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.limit.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a fault schedule from YAML, strictly: a list of mappings with {@code at}, {@code for} and
 * {@code fault}. Whatever is not understood is a mistake with file, line and key, and all mistakes
 * of a file are reported together.
 */
public final class FaultScheduleReader {
    private static final YAMLFactory FACTORY = new YAMLFactory();
    private static final List<String> KEYS = List.of("at", "for", "fault", "incident");
    private static final String SHAPE =
            "write a list of faults, each with 'at: 30s', 'for: 2m' (left out: to the end) and"
                    + " 'fault: GATEWAY/OPERATION:EFFECT' or 'incident: GATEWAY/KIND'";

    private final String file;
    private final FaultRouting routing;
    private final List<String> problems = new ArrayList<>();
    private final List<FaultSchedule.Entry> entries = new ArrayList<>();
    private final List<PlannedIncident> incidents = new ArrayList<>();

    private FaultScheduleReader(String file, FaultRouting routing) {
        this.file = file;
        this.routing = routing;
    }

    /**
     * Reads a schedule.
     *
     * @param file the name that mistakes are reported under
     * @param text the YAML
     * @param routing knows the faults of the gateways that run
     * @throws IllegalArgumentException when there is any mistake; the message has a line for each
     */
    public static FaultSchedule read(String file, String text, FaultRouting routing) {
        FaultScheduleReader reader = new FaultScheduleReader(file, routing);
        reader.read(text);
        if (!reader.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", reader.problems));
        }
        return new FaultSchedule(reader.entries, reader.incidents);
    }

    private void read(String text) {
        if (text.length() > Limits.SCHEDULE_CHARS_MAX) {
            problem(1, "", "at most " + Limits.SCHEDULE_CHARS_MAX + " characters are read");
            return;
        }
        try (YAMLParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_ARRAY) {
                problem(first == null ? 1 : line(parser), "", "it is no list: " + SHAPE);
                return;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                entry(parser);
            }
            if (parser.nextToken() != null) {
                problem(line(parser), "", "a second document is not read: keep one");
            } else if (entries.isEmpty() && incidents.isEmpty() && problems.isEmpty()) {
                problem(1, "", "the list is empty: " + SHAPE);
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            String message = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
            problem(line, "", "not valid YAML: " + message);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private record Given(int line, String text) {}

    private void entry(YAMLParser parser) throws IOException {
        int line = line(parser);
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            problem(line, "", "it is no mapping: " + SHAPE);
            parser.skipChildren();
            return;
        }
        int before = problems.size();
        Map<String, Given> given = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            field(parser, given);
        }
        String what = given.containsKey("incident") ? "incident" : "fault";
        if (given.containsKey("incident") && given.containsKey("fault")) {
            problem(line, "incident", "it stands beside a fault: give each an entry of its own");
        }
        for (String needed : List.of("at", what)) {
            if (!given.containsKey(needed) && problems.size() == before) {
                problem(line, needed, "it is missing: " + SHAPE);
            }
        }
        if (problems.size() == before) {
            if (given.containsKey("incident")) {
                incident(given, line);
            } else {
                entry(given);
            }
        }
    }

    private void incident(Map<String, Given> given, int line) {
        int before = problems.size();
        Optional<Duration> at = read(given, "at", DurationText::parse);
        Optional<Duration> lasting = read(given, "for", DurationText::parse);
        if (lasting.isEmpty() && problems.size() == before) {
            problem(line, "for", "it is missing: an incident has an end");
        }
        // The times of the entry hold; the text needs an end to be one.
        Optional<PlannedIncident> incident =
                read(given, "incident", text -> PlannedIncident.parse(text + ",for=1s"));
        if (problems.size() == before) {
            incidents.add(incident.orElseThrow().during(at.orElseThrow(), lasting.orElseThrow()));
        }
    }

    private void field(YAMLParser parser, Map<String, Given> given) throws IOException {
        String key = parser.currentName();
        int line = line(parser);
        JsonToken value = parser.nextToken();
        if (!KEYS.contains(key)) {
            problem(line, key, "the key is unknown; known: " + String.join(", ", KEYS));
            parser.skipChildren();
        } else if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
            problem(line, key, "write a text");
            parser.skipChildren();
        } else if (parser.isCurrentAlias()) {
            problem(line, key, "aliases are not followed: write the text itself");
        } else if (given.put(key, new Given(line, parser.getText())) != null) {
            problem(line, key, "it stands twice in one entry: keep one");
        }
    }

    private void entry(Map<String, Given> given) {
        int before = problems.size();
        Optional<Duration> at = read(given, "at", DurationText::parse);
        Optional<Duration> lasting = read(given, "for", DurationText::parse);
        Optional<Map<GatewayKind, Fault>> faults = read(given, "fault", routing::read);
        if (problems.size() > before) {
            return;
        }
        Map<GatewayKind, Fault> timed = new EnumMap<>(GatewayKind.class);
        faults.orElseThrow()
                .forEach((kind, fault) -> {
                    if (!fault.start().isZero() || fault.lasting().isPresent()) {
                        Given text = given.get("fault");
                        problem(
                                text == null ? 1 : text.line(),
                                "fault",
                                "it has start or for of its own: use 'at' and 'for' of the entry");
                    }
                    timed.put(kind, fault.during(at.orElseThrow(), lasting));
                });
        if (problems.size() == before) {
            entries.add(new FaultSchedule.Entry(at.orElseThrow(), lasting, timed));
        }
    }

    private <T> Optional<T> read(
            Map<String, Given> given, String key, Function<String, T> reading) {
        Given value = given.get(key);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(value.text()));
        } catch (IllegalArgumentException e) {
            problem(value.line(), key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static int line(YAMLParser parser) {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private void problem(int line, String key, String what) {
        problems.add(file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + what);
    }
}
