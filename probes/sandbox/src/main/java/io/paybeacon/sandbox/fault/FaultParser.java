package io.paybeacon.sandbox.fault;

import io.paybeacon.sandbox.limit.Limits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one reader of faults, strict for the command line and for JSON alike.
 *
 * <p>Grammar: {@code operation:effect[=value][,option=value...]}, for example {@code
 * payment_intents.capture:latency=3s,probability=0.3}. Nothing unknown, repeated or left over is
 * accepted.
 */
public final class FaultParser {
    private static final List<String> REQUEST_EFFECTS =
            List.of(
                    "latency",
                    "status",
                    "reset",
                    "blackhole",
                    "drip",
                    "malformed",
                    "amount_offset",
                    "decline");
    private static final List<String> WEBHOOK_EFFECTS =
            List.of("lost", "delayed", "duplicated", "reordered");
    private static final List<String> OPTIONS =
            List.of(
                    "when",
                    "tail",
                    "scope",
                    "metadata.KEY",
                    "events",
                    "probability",
                    "count",
                    "start",
                    "for");
    private static final Set<Integer> STATUSES = Set.of(429, 500, 502, 503, 504);
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{1,60}");
    private static final Set<Operation> BOOKING =
            Set.of(
                    Operation.PAYMENT_INTENTS_CREATE,
                    Operation.PAYMENT_INTENTS_CONFIRM,
                    Operation.PAYMENT_INTENTS_CAPTURE,
                    Operation.REFUNDS_CREATE);

    private final String source;
    private final Map<String, String> fields;

    private FaultParser(String source, Map<String, String> fields) {
        this.source = source;
        this.fields = fields;
    }

    /** What can be written, for help texts and messages. */
    public static String grammar() {
        return "OPERATION:EFFECT[=VALUE][,OPTION=VALUE...]; operations: "
                + operations()
                + "; effects on requests: latency=3s, status=500 (429, 500, 502, 503, 504), reset,"
                + " blackhole, drip=10 (bytes per second), malformed, amount_offset=1 (minor"
                + " units), decline=insufficient_funds; effects on webhooks: lost, delayed=30s,"
                + " duplicated=2, reordered=10s; options: when=before|after (the operation takes"
                + " effect), tail=10s (with latency), scope=all|probe|market, metadata.KEY=VALUE,"
                + " events=TYPE|TYPE, probability=0.3, count=5, start=30s, for=2m";
    }

    /**
     * Reads the short form.
     *
     * @throws FaultSyntaxException when anything in it is not understood
     */
    public static Fault parse(String text) {
        if (text.length() > Limits.FAULT_CHARS_MAX) {
            throw new FaultSyntaxException(
                    "a fault has at most " + Limits.FAULT_CHARS_MAX + " characters");
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new FaultSyntaxException(
                    "fault '" + text + "' has no ':' after the operation; write " + grammar());
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("operation", text.substring(0, colon));
        for (String part : text.substring(colon + 1).split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            if (fields.put(name, value) != null) {
                throw new FaultSyntaxException("fault '" + text + "' says '" + name + "' twice");
            }
        }
        return new FaultParser("fault '" + text + "'", fields).fault();
    }

    /**
     * Reads the same names and values from a map, as JSON gives them.
     *
     * @throws FaultSyntaxException when anything in it is not understood
     */
    public static Fault fromFields(Map<String, String> fields) {
        return new FaultParser("the fault", new TreeMap<>(fields)).fault();
    }

    private static String operations() {
        return "*, " + Operation.names();
    }

    private Fault fault() {
        String name = take("operation").orElse("");
        Optional<Operation> operation = Operation.named(name);
        if (operation.isEmpty() && !name.equals("*")) {
            throw wrong("names the unknown operation '" + name + "'; known: " + operations());
        }
        Effect effect = effect();
        checkFits(operation, effect);
        Fault fault =
                new Fault(
                        operation,
                        effect,
                        take("scope").map(this::scope).orElse(Scope.ALL),
                        metadata(),
                        take("events").map(e -> events(e, operation)).orElse(Set.of()),
                        take("probability").map(this::probability).orElse(1.0),
                        take("count").map(v -> number("count", v, 1, 1_000_000_000L)),
                        take("start").map(v -> duration("start", v)).orElse(Duration.ZERO),
                        take("for").map(v -> duration("for", v)));
        if (!fields.isEmpty()) {
            throw unknown(fields.keySet().iterator().next());
        }
        return fault;
    }

    private Effect effect() {
        List<String> named =
                fields.keySet().stream()
                        .filter(f -> REQUEST_EFFECTS.contains(f) || WEBHOOK_EFFECTS.contains(f))
                        .toList();
        if (named.isEmpty()) {
            Optional<String> stranger =
                    fields.keySet().stream().filter(f -> !isOption(f)).findFirst();
            throw stranger.map(this::unknown)
                    .orElseGet(() -> wrong("has no effect; known effects: " + effects()));
        }
        if (named.size() > 1) {
            throw wrong("has more than one effect: " + String.join(", ", named));
        }
        String name = named.getFirst();
        String value = take(name).orElse("");
        return switch (name) {
            case "latency" ->
                    new Effect.Latency(
                            duration(name, value),
                            take("tail").map(v -> duration("tail", v)),
                            when());
            case "status" -> new Effect.Status(status(value), when());
            case "reset" -> flag(name, value, new Effect.Reset(when()));
            case "blackhole" -> flag(name, value, new Effect.BlackHole(when()));
            case "drip" -> new Effect.Drip((int) number(name, value, 1, 1_000_000));
            case "malformed" -> flag(name, value, new Effect.Malformed());
            case "amount_offset" -> new Effect.WrongAmount(offset(value));
            case "decline" -> new Effect.Decline(declineCode(value));
            case "lost" -> flag(name, value, new Effect.Lost());
            case "delayed" -> new Effect.Delayed(duration(name, value));
            case "duplicated" ->
                    new Effect.Duplicated(value.isEmpty() ? 2 : (int) number(name, value, 2, 10));
            default -> new Effect.Reordered(duration(name, value));
        };
    }

    private void checkFits(Optional<Operation> operation, Effect effect) {
        boolean onWebhooks = operation.filter(o -> o == Operation.WEBHOOKS).isPresent();
        if (onWebhooks != effect instanceof Effect.OnWebhook) {
            throw wrong(
                    onWebhooks
                            ? "uses an effect on requests; webhooks know: "
                                    + String.join(", ", WEBHOOK_EFFECTS)
                            : "uses an effect that only 'webhooks' knows; requests know: "
                                    + String.join(", ", REQUEST_EFFECTS));
        }
        Operation named = operation.orElse(Operation.PAYMENT_INTENTS_CREATE);
        if (effect instanceof Effect.WrongAmount && !BOOKING.contains(named)) {
            throw wrong("asks for a wrong amount, but " + named.wireName() + " books none");
        }
        if (effect instanceof Effect.Decline
                && named != Operation.PAYMENT_INTENTS_CREATE
                && named != Operation.PAYMENT_INTENTS_CONFIRM) {
            throw wrong("asks for a decline, but " + named.wireName() + " asks no issuer");
        }
        if (effect instanceof Effect.Latency latency
                && latency.tail().filter(t -> t.compareTo(latency.delay()) <= 0).isPresent()) {
            throw wrong("has a tail that is not longer than its latency");
        }
    }

    private Effect flag(String name, String value, Effect effect) {
        if (!value.isEmpty() && !value.equals("true")) {
            throw wrong("gives '" + name + "' the value '" + value + "', but it takes none");
        }
        return effect;
    }

    private Effect.When when() {
        String value = take("when").orElse("before");
        return switch (value) {
            case "before" -> Effect.When.BEFORE;
            case "after" -> Effect.When.AFTER;
            default -> throw wrong("has when='" + value + "'; known: before, after");
        };
    }

    private Scope scope(String value) {
        for (Scope scope : Scope.values()) {
            if (scope.wireName().equals(value)) {
                return scope;
            }
        }
        throw wrong("has scope='" + value + "'; known: all, probe, market");
    }

    private Map<String, String> metadata() {
        Map<String, String> wanted =
                fields.entrySet().stream()
                        .filter(e -> e.getKey().startsWith("metadata."))
                        .collect(
                                Collectors.toMap(
                                        e -> e.getKey().substring("metadata.".length()),
                                        Map.Entry::getValue));
        wanted.forEach((key, value) -> {
            fields.remove("metadata." + key);
            if (key.isEmpty() || value.isEmpty()) {
                throw wrong("has a metadata match without key or value");
            }
        });
        return wanted;
    }

    private Set<String> events(String value, Optional<Operation> operation) {
        if (operation.filter(o -> o == Operation.WEBHOOKS).isEmpty()) {
            throw wrong("has 'events', which only 'webhooks' knows");
        }
        Set<String> types = Set.of(value.split("\\|", -1));
        for (String type : types) {
            if (!EventTypes.KNOWN.contains(type)) {
                throw wrong(
                        "names the unknown event '"
                                + type
                                + "'; known: "
                                + String.join(", ", EventTypes.KNOWN));
            }
        }
        return types;
    }

    private double probability(String value) {
        if (!value.matches("[01](\\.\\d{1,9})?") || Double.parseDouble(value) > 1) {
            throw wrong("has probability='" + value + "'; write a number from 0 to 1");
        }
        return Double.parseDouble(value);
    }

    private int status(String value) {
        if (!value.matches("\\d{3}") || !STATUSES.contains(Integer.valueOf(value))) {
            throw wrong("has status='" + value + "'; known: 429, 500, 502, 503, 504");
        }
        return Integer.parseInt(value);
    }

    private long offset(String value) {
        if (!value.matches("-?\\d{1,9}") || Long.parseLong(value) == 0) {
            throw wrong("has amount_offset='" + value + "'; write whole minor units, not 0");
        }
        return Long.parseLong(value);
    }

    private String declineCode(String value) {
        if (!CODE.matcher(value).matches()) {
            throw wrong("has decline='" + value + "'; write a code such as insufficient_funds");
        }
        return value;
    }

    private long number(String name, String value, long min, long max) {
        if (value.matches("\\d{1,12}")) {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw wrong(
                "has "
                        + name
                        + "='"
                        + value
                        + "'; write a whole number from "
                        + min
                        + " to "
                        + max);
    }

    private Duration duration(String name, String value) {
        try {
            Duration duration = DurationText.parse(value);
            if (duration.toMillis() > Limits.FAULT_MILLIS_MAX) {
                throw wrong("has " + name + "=" + value + ", longer than 24h");
            }
            return duration;
        } catch (FaultSyntaxException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new FaultSyntaxException(source + " has a bad '" + name + "': " + e.getMessage());
        }
    }

    private Optional<String> take(String name) {
        return Optional.ofNullable(fields.remove(name));
    }

    private static boolean isOption(String name) {
        return OPTIONS.contains(name) || name.startsWith("metadata.");
    }

    private static String effects() {
        return String.join(", ", REQUEST_EFFECTS) + ", " + String.join(", ", WEBHOOK_EFFECTS);
    }

    private FaultSyntaxException unknown(String name) {
        if (isOption(name)) {
            return wrong("has '" + name + "', which its effect does not know");
        }
        return wrong(
                "has the unknown name '"
                        + name
                        + "'; known effects: "
                        + effects()
                        + "; known options: "
                        + String.join(", ", OPTIONS));
    }

    private FaultSyntaxException wrong(String what) {
        return new FaultSyntaxException(source + " " + what);
    }
}
