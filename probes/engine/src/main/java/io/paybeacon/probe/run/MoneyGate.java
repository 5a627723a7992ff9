package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.journal.AsyncJournal;
import io.paybeacon.probe.journal.JournalEntry;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.SideEffect;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.yaml.Value;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets a side effect pass: only when the budget allows it, and only when the journal holds it.
 * Keeps the journal in step with what is learned afterwards.
 */
final class MoneyGate {

    private static final int AMOUNT_CHARS_MAX = 20;

    private final AsyncJournal journal;
    private final InstantSource clock;

    MoneyGate(AsyncJournal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** Empty when the effect may be sent, else why not; then nothing may be sent. */
    Future<Optional<Failure>> admit(Flight flight, Step.Http step, @Nullable String key) {
        SideEffect effect = step.effect();
        if (effect == null) {
            return Future.succeededFuture(Optional.empty());
        }
        JournalEntry.Holding holds;
        try {
            holds = holding(flight, effect);
        } catch (IllegalArgumentException e) {
            return refuse(ProbeReason.BUDGET, e.getMessage());
        }
        Plan.Budget budget = flight.target().plan().budget();
        if (holds != null && budget != null) {
            if (!holds.currency().equals(budget.currency())) {
                return refuse(
                        ProbeReason.BUDGET,
                        "the step holds %s, the budget is in %s"
                                .formatted(holds.currency(), budget.currency()));
            }
            if (flight.heldMinor() + holds.minor() > budget.perRunMinor()) {
                return refuse(
                        ProbeReason.BUDGET,
                        "the run would hold %d, it may hold %d minor units of %s"
                                .formatted(
                                        flight.heldMinor() + holds.minor(),
                                        budget.perRunMinor(),
                                        budget.currency()));
            }
        }
        return write(flight, step, effect, key, holds, budget);
    }

    private Future<Optional<Failure>> write(
            Flight flight,
            Step.Http step,
            SideEffect effect,
            @Nullable String key,
            JournalEntry.@Nullable Holding holds,
            Plan.@Nullable Budget budget) {
        JournalEntry.Sent sent = entry(flight, step, effect.kind(), key, holds);
        Future<Boolean> written =
                holds == null || budget == null
                        ? journal.append(sent).map(true)
                        : journal.appendWithin(sent, holds, budget.perDayMinor());
        return written.map(
                        within -> {
                            if (within) {
                                flight.sentAt(sent.at());
                                flight.sent(step, holds == null ? 0 : holds.minor());
                                return Optional.<Failure>empty();
                            }
                            return Optional.of(
                                    new Failure(
                                            ProbeReason.BUDGET,
                                            "the budget of the day is used up"));
                        })
                .otherwise(thrown ->
                        Optional.of(
                                new Failure(
                                        ProbeReason.AGENT_FAULT,
                                        "the journal cannot be written: " + thrown.getMessage())));
    }

    private JournalEntry.Sent entry(
            Flight flight,
            Step.Http step,
            SideEffect.Kind kind,
            @Nullable String key,
            JournalEntry.@Nullable Holding holds) {
        return new JournalEntry.Sent(
                flight.run(),
                flight.trace().traceId(),
                flight.target().name(),
                flight.target().plan().name(),
                flight.target().gateway(),
                step.name(),
                kind,
                key,
                clock.instant(),
                holds,
                flight.storableVariables());
    }

    /**
     * The gateway has done a step twice. What it did the second time is kept as a run of its own,
     * which is cleaned up like the first; its money counts towards the budget all the same.
     *
     * @param values what the second object is known by
     */
    Future<Void> twin(
            Flight flight, Step.Http step, @Nullable String key, Map<String, Value> values) {
        SideEffect effect = step.effect();
        if (effect == null || effect.kind().releases()) {
            // Money that was given back twice is not held by anyone here.
            return Future.succeededFuture();
        }
        // What was taken a second time is to be given back, as if it had been held just now.
        SideEffect.Kind kind =
                effect.kind() == SideEffect.Kind.CREATE
                        ? SideEffect.Kind.CREATE
                        : SideEffect.Kind.HOLD;
        Flight twin = flight.twin(values);
        JournalEntry.Holding holds = holding(flight, effect);
        JournalEntry.Sent sent = entry(twin, step, kind, key, holds);
        twin.sentAt(sent.at());
        twin.opened(step, kind);
        return record(flight, sent);
    }

    /** Whether the last side effect of a run was sent that long ago. */
    boolean isOlder(Flight flight, Duration age) {
        return flight.sinceSent(clock.instant()).compareTo(age) >= 0;
    }

    /** The effect certainly did not happen. */
    Future<Void> refused(Flight flight, Step.Http step) {
        if (step.effect() == null) {
            return Future.succeededFuture();
        }
        flight.refused(step);
        return record(flight, new JournalEntry.Refused(flight.run(), step.name()));
    }

    /** Variables were learned that the cleanup may need. */
    Future<Void> learned(Flight flight, Map<String, Value> values) {
        if (values.isEmpty()) {
            return Future.succeededFuture();
        }
        flight.variables().putAll(values);
        Map<String, Value> storable = flight.storableVariables();
        storable.keySet().retainAll(values.keySet());
        if (storable.size() < values.size()) {
            flight.note("some values look like secrets and are not kept for the cleanup");
        }
        return flight.outstanding()
                ? record(flight, new JournalEntry.Known(flight.run(), storable))
                : Future.succeededFuture();
    }

    /** Nothing is held any more. */
    Future<Void> released(Flight flight) {
        flight.released();
        return record(flight, new JournalEntry.Released(flight.run()));
    }

    /** What cannot be written here costs at most a needless cleanup at the next start. */
    private Future<Void> record(Flight flight, JournalEntry entry) {
        return journal.append(entry)
                .otherwise(thrown -> {
                    flight.note("the journal cannot be written: " + thrown.getMessage());
                    return null;
                });
    }

    private static JournalEntry.@Nullable Holding holding(Flight flight, SideEffect effect) {
        SideEffect.AmountTemplate amount = effect.amount();
        if (amount == null) {
            return null;
        }
        Function<String, Value> values =
                name -> {
                    Value value = flight.variables().get(name);
                    if (value == null) {
                        throw new IllegalArgumentException("\"" + name + "\" has no value");
                    }
                    return value;
                };
        String number = amount.number().text(values, Function.identity());
        String currency =
                amount.currency().text(values, Function.identity()).toUpperCase(Locale.ROOT);
        long minor =
                switch (amount.unit()) {
                    case MINOR -> whole(number, number);
                    case MAJOR -> whole(shifted(number, currency), number);
                };
        return new JournalEntry.Holding(minor, currency);
    }

    private static long whole(String minor, String written) {
        if (!minor.matches("[0-9]{1,15}")) {
            throw new IllegalArgumentException(
                    "the amount \"%s\" is not a whole number of minor units".formatted(written));
        }
        return Long.parseLong(minor);
    }

    /** An amount with decimals in minor units, by the exponents of ISO 4217. */
    private static String shifted(String number, String currency) {
        int exponent = Currency.getInstance(currency).getDefaultFractionDigits();
        return Value.Decimal.parse(number)
                .filter(decimal -> decimal.text().length() <= AMOUNT_CHARS_MAX)
                .filter(decimal -> decimal.text().matches("[0-9.]+"))
                .map(decimal -> decimal.decimal().movePointRight(Math.max(0, exponent)))
                .map(minor -> minor.stripTrailingZeros().toPlainString())
                .orElse("");
    }

    private static Future<Optional<Failure>> refuse(ProbeReason reason, @Nullable String detail) {
        return Future.succeededFuture(
                Optional.of(new Failure(reason, detail == null ? "no detail" : detail)));
    }
}
