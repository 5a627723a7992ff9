package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;
import io.paybeacon.core.money.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What is told about disputes, chargebacks and the warnings before them. */
public sealed interface DisputeEvent extends RegisterEvent {
    /** The gateway's own reference of the dispute or the warning. */
    ProviderReference dispute();

    @Override
    default String subject() {
        return dispute().key();
    }

    /**
     * A dispute stands thus.
     *
     * @param payment any reference of the gateway that leads to the payment; null while none is
     *     named
     * @param amount what is disputed; null where the gateway does not say
     * @param reason the reason as the gateway words it; empty where there is none
     * @param network the card network, such as {@code visa}; empty where there is none
     * @param respondBy until when evidence is taken, as the source says, never computed; null where
     *     it does not say
     */
    record Reported(
            Origin origin,
            ProviderReference dispute,
            @Nullable ProviderReference payment,
            DisputeStatus status,
            @Nullable Money amount,
            String reason,
            String network,
            @Nullable Instant respondBy)
            implements DisputeEvent {
        public Reported {
            respondBy = respondBy == null ? null : respondBy.truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        public String type() {
            return "dispute_reported";
        }
    }

    /**
     * Money moved because of a dispute, whatever state it is in.
     *
     * @param operation the gateway's reference of the movement, within the dispute
     * @param amount what moved, from 0 up
     */
    record MoneyMoved(
            Origin origin,
            ProviderReference dispute,
            String operation,
            Movement movement,
            Money amount)
            implements DisputeEvent {
        @Override
        public String type() {
            return "dispute_money_moved";
        }
    }

    /**
     * Issuer or network report a payment as fraud before anybody disputes it (Visa TC40, Mastercard
     * SAFE).
     *
     * @param dispute the gateway's reference of the warning
     * @param payment any reference of the gateway that leads to the payment
     * @param fraudType the kind of fraud as the gateway words it; empty where it does not say
     * @param actionable whether a refund now would prevent the dispute, as the gateway says
     */
    record FraudWarned(
            Origin origin,
            ProviderReference dispute,
            ProviderReference payment,
            String fraudType,
            boolean actionable)
            implements DisputeEvent {
        @Override
        public String type() {
            return "fraud_warned";
        }
    }

    /** Which way the money of a dispute moved. */
    enum Movement {
        /** The disputed amount was taken. */
        FUNDS_WITHDRAWN("funds_withdrawn"),
        /** It was given back. */
        FUNDS_REINSTATED("funds_reinstated"),
        /** A fee was taken for the dispute. */
        FEE_CHARGED("fee_charged"),
        /** The fee was given back. */
        FEE_RETURNED("fee_returned");

        /** All of them by label. */
        public static final Named<Movement> NAMES = Named.of(Movement.class, Movement::label);

        private final String label;

        Movement(String label) {
            this.label = label;
        }

        /** The word in the API and in stored bytes. */
        public String label() {
            return label;
        }
    }
}
