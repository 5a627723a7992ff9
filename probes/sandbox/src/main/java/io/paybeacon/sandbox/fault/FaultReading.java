package io.paybeacon.sandbox.fault;

import io.paybeacon.sandbox.fault.Operation.Money;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One fault while it is read: names are taken out of the fields until none is left. */
final class FaultReading {
    private static final long COUNT_MAX = 1_000_000_000L;

    private final FaultVocabulary vocabulary;
    private final FaultFields fields;

    FaultReading(FaultVocabulary vocabulary, FaultFields fields) {
        this.vocabulary = vocabulary;
        this.fields = fields;
    }

    Fault fault() {
        String name = fields.take("operation").orElse("");
        FaultTarget target =
                FaultTarget.named(name, vocabulary)
                        .orElseThrow(() ->
                                fields.wrong(
                                        "names the unknown operation '"
                                                + name
                                                + "'; known: "
                                                + vocabulary.targets()));
        EffectReading effects = new EffectReading(vocabulary, fields);
        Effect effect = effects.read(target);
        checkMoney(target, effect);
        Fault fault =
                new Fault(
                        target,
                        effect,
                        fields.take("scope").map(this::scope).orElse(Scope.ALL),
                        metadata(),
                        fields.take("events").map(e -> events(e, target)).orElse(Set.of()),
                        slice(),
                        fields.take("probability").map(this::probability).orElse(1.0),
                        fields.take("count").map(v -> fields.number("count", v, 1, COUNT_MAX)),
                        fields.takeDuration("start").orElse(Duration.ZERO),
                        fields.takeDuration("for"),
                        burst());
        if (!fields.names().isEmpty()) {
            throw effects.unknown(fields.names().iterator().next());
        }
        checkOptions(fault);
        return fault;
    }

    private void checkMoney(FaultTarget target, Effect effect) {
        if (effect instanceof Effect.WrongAmount && isOne(target, o -> o.money() == Money.NONE)) {
            throw fields.wrong("asks for a wrong amount, but " + target.wireName() + " books none");
        }
        if (effect instanceof Effect.DoubleCharge && isOne(target, o -> o.money() == Money.NONE)) {
            throw fields.wrong(
                    "asks for a double charge, but " + target.wireName() + " books nothing");
        }
        if (effect instanceof Effect.Decline
                && isOne(target, o -> o.money() != Money.ASKED_OF_ISSUER)) {
            throw fields.wrong("asks for a decline, but " + target.wireName() + " asks no issuer");
        }
    }

    private static boolean isOne(FaultTarget target, Predicate<Operation> which) {
        return target instanceof FaultTarget.OneOperation(Operation operation)
                && which.test(operation);
    }

    /** Ports and clock are the same for all requests, webhooks have no card. */
    private void checkOptions(Fault fault) {
        boolean general =
                fault.effect() instanceof Effect.OnConnection
                        || fault.effect() instanceof Effect.OnClock;
        boolean choosy =
                fault.probability() < 1
                        || fault.count().isPresent()
                        || fault.scope() != Scope.ALL
                        || !fault.metadata().isEmpty();
        if (general && choosy) {
            throw fields.wrong(
                    "chooses among requests, but strikes all alike: leave probability, count,"
                            + " scope and metadata out");
        }
        if (fault.effect() instanceof Effect.Held && fault.burst().isPresent()) {
            throw fields.wrong("holds webhooks to its end, and cannot come in bursts");
        }
        if (!fault.slice().equals(Slice.ALL) && !(fault.effect() instanceof Effect.OnRequest)) {
            throw fields.wrong("has network, issuer or country, which only requests know");
        }
    }

    private Scope scope(String value) {
        for (Scope scope : Scope.values()) {
            if (scope.wireName().equals(value)) {
                return scope;
            }
        }
        throw fields.wrong("has scope='" + value + "'; known: all, probe, market");
    }

    private Map<String, String> metadata() {
        Map<String, String> wanted =
                fields.left().entrySet().stream()
                        .filter(e -> e.getKey().startsWith("metadata."))
                        .collect(
                                Collectors.toMap(
                                        e -> e.getKey().substring("metadata.".length()),
                                        Map.Entry::getValue));
        wanted.forEach((key, value) -> {
            fields.take("metadata." + key);
            if (key.isEmpty() || value.isEmpty()) {
                throw fields.wrong("has a metadata match without key or value");
            }
        });
        return wanted;
    }

    private Set<String> events(String value, FaultTarget target) {
        if (!(target instanceof FaultTarget.Webhooks)) {
            throw fields.wrong("has 'events', which only 'webhooks' knows");
        }
        Set<String> types = Set.of(value.split("\\|", -1));
        for (String type : types) {
            if (!vocabulary.eventTypes().contains(type)) {
                throw fields.wrong(
                        "names the unknown event '"
                                + type
                                + "'; known: "
                                + String.join(", ", vocabulary.eventTypes()));
            }
        }
        return types;
    }

    private Slice slice() {
        return new Slice(
                fields.take("network")
                        .map(v ->
                                fields.matching(
                                        "network", v, "[a-z_]{2,30}", "a name such as visa")),
                fields.take("issuer")
                        .map(v ->
                                fields.matching(
                                        "issuer",
                                        v,
                                        "[a-z0-9-]{2,60}",
                                        "a bank's name such as kaap-bank")),
                fields.take("country")
                        .map(v ->
                                fields.matching(
                                        "country", v, "[A-Z]{2}", "two letters such as ZA")));
    }

    private double probability(String value) {
        if (!value.matches("[01](\\.\\d{1,9})?") || Double.parseDouble(value) > 1) {
            throw fields.wrong("has probability='" + value + "'; write a number from 0 to 1");
        }
        return Double.parseDouble(value);
    }

    private Optional<Burst> burst() {
        Optional<Duration> every = fields.takeDuration("every");
        Optional<Duration> lasting = fields.takeDuration("burst");
        if (every.isPresent() != lasting.isPresent()) {
            throw fields.wrong("has one of 'every' and 'burst'; bursts need both");
        }
        if (every.isPresent() && lasting.orElseThrow().compareTo(every.get()) >= 0) {
            throw fields.wrong("has bursts that are not shorter than the time between them");
        }
        return every.map(e -> new Burst(e, lasting.orElseThrow()));
    }
}
