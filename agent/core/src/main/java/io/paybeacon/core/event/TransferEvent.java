package io.paybeacon.core.event;

import io.paybeacon.core.money.Money;

/** What is told about transfers of money from the platform's balance to vendors. */
public sealed interface TransferEvent extends RegisterEvent {
    /** The gateway's own reference of the transfer. */
    ProviderReference transfer();

    @Override
    default String subject() {
        return transfer().key();
    }

    /**
     * A transfer stands thus.
     *
     * @param vendor the platform's or the gateway's opaque id of the vendor
     * @param amount what it moves in all
     * @param source the gateway's reference of the charge that it shares out; empty where it names
     *     none
     * @param order the platform's order that it is for; empty where it names none
     */
    record Reported(
            Origin origin,
            ProviderReference transfer,
            String vendor,
            TransferStatus status,
            Money amount,
            String source,
            String order)
            implements TransferEvent {
        @Override
        public String type() {
            return "transfer_reported";
        }
    }

    /**
     * A part of a transfer was taken back.
     *
     * @param reversal the gateway's reference of the taking back, within the transfer
     * @param amount what it takes back in all
     */
    record Reversed(Origin origin, ProviderReference transfer, String reversal, Money amount)
            implements TransferEvent {
        @Override
        public String type() {
            return "transfer_reversed";
        }
    }
}
