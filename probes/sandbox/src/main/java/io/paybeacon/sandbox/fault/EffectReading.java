package io.paybeacon.sandbox.fault;

import io.paybeacon.sandbox.fault.Effect.CertificateFlaw;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the effect of a fault. */
final class EffectReading {
    private final FaultVocabulary vocabulary;
    private final FaultFields fields;

    EffectReading(FaultVocabulary vocabulary, FaultFields fields) {
        this.vocabulary = vocabulary;
        this.fields = fields;
    }

    /** The effect, which must be one that the target knows. */
    Effect read(FaultTarget target) {
        String name = name();
        List<String> known = EffectNames.of(target);
        if (!known.contains(name)) {
            throw fields.wrong(
                    "has the effect '"
                            + name
                            + "', but "
                            + group(target)
                            + " know: "
                            + String.join(", ", known));
        }
        String value = fields.take(name).orElse("");
        return switch (target) {
            case FaultTarget.Webhooks() -> onWebhook(name, value);
            case FaultTarget.Connections() -> onConnection(name, value);
            case FaultTarget.Clock() -> skew(value);
            case FaultTarget.EveryOperation() -> onRequest(name, value);
            case FaultTarget.OneOperation(Operation operation) -> onRequest(name, value);
        };
    }

    private static String group(FaultTarget target) {
        return switch (target) {
            case FaultTarget.Webhooks() -> "webhooks";
            case FaultTarget.Connections() -> "connections";
            case FaultTarget.Clock() -> "clocks";
            case FaultTarget.EveryOperation() -> "requests";
            case FaultTarget.OneOperation(Operation operation) -> "requests";
        };
    }

    private String name() {
        List<String> named = fields.names().stream().filter(EffectNames.ALL::contains).toList();
        if (named.isEmpty()) {
            String all = String.join(", ", EffectNames.ALL);
            throw fields.names().stream()
                    .filter(f -> !EffectNames.isOption(f))
                    .findFirst()
                    .map(this::unknown)
                    .orElseGet(() -> fields.wrong("has no effect; known effects: " + all));
        }
        if (named.size() > 1) {
            throw fields.wrong("has more than one effect: " + String.join(", ", named));
        }
        return named.getFirst();
    }

    FaultSyntaxException unknown(String name) {
        if (EffectNames.isOption(name)) {
            return fields.wrong("has '" + name + "', which its effect does not know");
        }
        return fields.wrong(
                "has the unknown name '"
                        + name
                        + "'; known effects: "
                        + String.join(", ", EffectNames.ALL)
                        + "; known options: "
                        + String.join(", ", EffectNames.OPTIONS));
    }

    private Effect onRequest(String name, String value) {
        return switch (name) {
            case "latency" -> latency(value);
            case "status" -> new Effect.Status(status(value), when());
            case "reset" -> flag(name, value, new Effect.Reset(when()));
            case "close" -> flag(name, value, new Effect.Close(when()));
            case "blackhole" -> flag(name, value, new Effect.BlackHole(when()));
            case "drip" -> new Effect.Drip((int) fields.number(name, value, 1, 1_000_000));
            case "malformed" -> flag(name, value, new Effect.Malformed());
            case "amount_offset" -> new Effect.WrongAmount(offset(value));
            case "double_charge" -> flag(name, value, new Effect.DoubleCharge());
            default -> new Effect.Decline(declineCode(value));
        };
    }

    private Effect onWebhook(String name, String value) {
        return switch (name) {
            case "lost" -> flag(name, value, new Effect.Lost());
            case "delayed" -> new Effect.Delayed(fields.duration(name, value));
            case "duplicated" ->
                    new Effect.Duplicated(
                            value.isEmpty() ? 2 : (int) fields.number(name, value, 2, 10));
            case "reordered" -> new Effect.Reordered(fields.duration(name, value));
            case "held" -> flag(name, value, new Effect.Held());
            default -> flag(name, value, new Effect.BadlySigned());
        };
    }

    private Effect onConnection(String name, String value) {
        return switch (name) {
            case "refused" -> flag(name, value, new Effect.Refused());
            case "silent" -> flag(name, value, new Effect.Silent());
            default -> new Effect.Certificate(flaw(value));
        };
    }

    private Effect latency(String value) {
        Effect.Latency latency =
                new Effect.Latency(
                        fields.duration("latency", value), fields.takeDuration("tail"), when());
        if (latency.tail().filter(t -> t.compareTo(latency.delay()) <= 0).isPresent()) {
            throw fields.wrong("has a tail that is not longer than its latency");
        }
        return latency;
    }

    private Effect flag(String name, String value, Effect effect) {
        if (!value.isEmpty() && !value.equals("true")) {
            throw fields.wrong("gives '" + name + "' the value '" + value + "', but it takes none");
        }
        return effect;
    }

    private Effect.When when() {
        String value = fields.take("when").orElse("before");
        return switch (value) {
            case "before" -> Effect.When.BEFORE;
            case "after" -> Effect.When.AFTER;
            default -> throw fields.wrong("has when='" + value + "'; known: before, after");
        };
    }

    private int status(String value) {
        List<Integer> known = EffectNames.STATUSES;
        if (!value.matches("\\d{3}") || !known.contains(Integer.valueOf(value))) {
            String list = known.stream().map(String::valueOf).collect(Collectors.joining(", "));
            throw fields.wrong("has status='" + value + "'; known: " + list);
        }
        return Integer.parseInt(value);
    }

    private long offset(String value) {
        if (!value.matches("-?\\d{1,9}") || Long.parseLong(value) == 0) {
            throw fields.wrong("has amount_offset='" + value + "'; write whole minor units, not 0");
        }
        return Long.parseLong(value);
    }

    private String declineCode(String value) {
        if (!vocabulary.declineCode().matcher(value).matches()) {
            throw fields.wrong(
                    "has decline='"
                            + value
                            + "'; write a code such as "
                            + vocabulary.declineExample());
        }
        return value;
    }

    private CertificateFlaw flaw(String value) {
        Optional<CertificateFlaw> flaw =
                Arrays.stream(CertificateFlaw.values())
                        .filter(f -> f.wireName().equals(value))
                        .findFirst();
        return flaw.orElseThrow(() ->
                fields.wrong(
                        "has certificate='"
                                + value
                                + "'; known: "
                                + Arrays.stream(CertificateFlaw.values())
                                        .map(CertificateFlaw::wireName)
                                        .collect(Collectors.joining(", "))));
    }

    private Effect skew(String value) {
        boolean slow = value.startsWith("-");
        Duration by = fields.duration("skew", slow ? value.substring(1) : value);
        return new Effect.Skew(slow ? by.negated() : by);
    }
}
