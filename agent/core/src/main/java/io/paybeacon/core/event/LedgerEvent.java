package io.paybeacon.core.event;

import io.paybeacon.core.money.Money;

/** What the platform's own books say. */
public sealed interface LedgerEvent extends RegisterEvent {
    /**
     * An entry of the ledger.
     *
     * @param entry the ledger's own reference, unique within the source
     * @param account the account that it is booked to
     * @param amount credited, or negative where it was debited
     * @param order the platform's order that it is for; empty where it names none
     * @param booked the reference of the gateway that it books, such as a charge or payout; empty
     *     where it names none
     */
    record EntryBooked(
            Origin origin, String entry, String account, Money amount, String order, String booked)
            implements LedgerEvent {
        public EntryBooked {
            Origin.requireText(entry, "entry");
            Origin.requireText(account, "account");
        }

        @Override
        public String subject() {
            return origin.gateway() + ":" + entry;
        }

        @Override
        public String type() {
            return "ledger_entry";
        }
    }
}
