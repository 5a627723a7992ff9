package io.paybeacon.probe.plan;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a step does to money. It is journalled before it is sent.
 *
 * @param kind the kind of effect
 * @param amount what it holds, null when it adds nothing to what an earlier step holds
 */
public record SideEffect(Kind kind, @Nullable AmountTemplate amount) {

    /** Kinds of effects. */
    public enum Kind {
        /** Creates something at the gateway that holds no money by itself. */
        CREATE(false),
        /** Holds money, or may have held it when the answer is lost. */
        HOLD(false),
        /** Takes held money. */
        CAPTURE(false),
        /** Gives taken money back. */
        REFUND(true),
        /** Lets held money go. */
        VOID(true);

        private final boolean releases;
        private final String label = name().toLowerCase(Locale.ROOT);

        Kind(boolean releases) {
            this.releases = releases;
        }

        /** Whether nothing is held any more once it is done. */
        public boolean releases() {
            return releases;
        }

        /** Whether there is something to clean up once it is done. */
        public boolean opens() {
            return this == CREATE || this == HOLD;
        }

        /** The kind as it is written in plans and in the journal. */
        public String label() {
            return label;
        }
    }

    /**
     * An amount of money in a plan.
     *
     * @param number how much, in the unit
     * @param currency ISO 4217 code in either case
     * @param unit what the number counts
     */
    public record AmountTemplate(Template number, Template currency, Unit unit) {}

    /** What the number of an amount counts. */
    public enum Unit {
        /** Minor units, such as 1099 for 10.99 USD. */
        MINOR,
        /** The currency itself, with its decimals, such as 10.99. */
        MAJOR
    }

    public SideEffect {
        requireNonNull(kind, "kind is null");
    }
}
