package io.paybeacon.core.event;

import io.paybeacon.core.money.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What settlement reports and bank statements say. */
public sealed interface SettlementEvent extends RegisterEvent {
    /**
     * A line of a gateway's settlement report or of its balance.
     *
     * @param report the report or batch that the line is in; empty where lines are told one by one
     * @param line the line's own reference, unique within the gateway account
     * @param settled the gateway's reference of what was settled; null where the line names none
     * @param merchantReference the platform's own reference on it; empty where there is none
     * @param gross what was moved before fees, negative where it was taken
     * @param fee what was kept, from 0 up; negative where it is given back
     * @param net what reached the balance
     * @param availableOn from when the money can be paid out; null where the line does not say
     */
    record SettlementLine(
            Origin origin,
            String report,
            String line,
            SettlementLineKind kind,
            @Nullable ProviderReference settled,
            String merchantReference,
            Money gross,
            Money fee,
            Money net,
            @Nullable LocalDate availableOn)
            implements SettlementEvent {
        public SettlementLine {
            Origin.requireText(line, "line");
        }

        @Override
        public String subject() {
            return origin.gateway() + ":line:" + line;
        }

        @Override
        public String type() {
            return "settlement_line";
        }
    }

    /**
     * A report is there to be fetched.
     *
     * @param report its name or reference at the gateway
     * @param kind what the gateway calls this kind of report; empty where it does not say
     */
    record ReportAvailable(Origin origin, String report, String kind) implements SettlementEvent {
        public ReportAvailable {
            Origin.requireText(report, "report");
        }

        @Override
        public String subject() {
            return origin.gateway() + ":report:" + report;
        }

        @Override
        public String type() {
            return "report_available";
        }
    }

    /**
     * A line of a bank statement (ISO 20022 camt.053).
     *
     * @param account the opaque id of the bank account
     * @param line the line's own reference, unique within the account
     * @param amount credited, or negative where it was debited
     * @param reference the text by which its payout is found; empty where there is none
     * @param bookedOn the day of booking, in the bank's calendar
     */
    record BankLine(
            Origin origin,
            String account,
            String line,
            Money amount,
            String reference,
            LocalDate bookedOn)
            implements SettlementEvent {
        public BankLine {
            Origin.requireText(account, "account");
            Origin.requireText(line, "line");
        }

        @Override
        public String subject() {
            return origin.gateway() + ":bank:" + account + ":" + line;
        }

        @Override
        public String type() {
            return "bank_line";
        }
    }
}
