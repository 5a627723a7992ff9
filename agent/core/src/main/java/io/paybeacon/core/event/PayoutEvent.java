package io.paybeacon.core.event;

import io.paybeacon.core.money.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What is told about payouts to bank accounts: the platform's own and those of vendors. */
public sealed interface PayoutEvent extends RegisterEvent {
    /** The gateway's own reference of the payout. */
    ProviderReference payout();

    @Override
    default String subject() {
        return payout().key();
    }

    /**
     * A payout stands thus.
     *
     * @param vendor the opaque id of the vendor who is paid; empty for the platform itself
     * @param amount what is paid out; negative where the account owes the gateway
     * @param arrivesOn the day on which the gateway expects it at the bank, in the bank's calendar;
     *     null where it does not say
     * @param failureCode why it failed, in the gateway's words; empty where it did not
     * @param traceId by which the bank's line is found; empty while there is none
     */
    record Reported(
            Origin origin,
            ProviderReference payout,
            String vendor,
            PayoutStatus status,
            Money amount,
            @Nullable LocalDate arrivesOn,
            String failureCode,
            String traceId)
            implements PayoutEvent {
        @Override
        public String type() {
            return "payout_reported";
        }
    }

    /** The gateway has told all that a payout consists of. */
    record ItemsComplete(Origin origin, ProviderReference payout) implements PayoutEvent {
        @Override
        public String type() {
            return "payout_items_complete";
        }
    }
}
