package io.paybeacon.core.event;

import io.paybeacon.core.event.ConfigurationEvent.ConfigurationChanged;
import io.paybeacon.core.event.DisputeEvent.FraudWarned;
import io.paybeacon.core.event.DisputeEvent.MoneyMoved;
import io.paybeacon.core.event.DisputeEvent.Movement;
import io.paybeacon.core.event.FeedbackEvent.Complainant;
import io.paybeacon.core.event.FeedbackEvent.Complained;
import io.paybeacon.core.event.FeedbackEvent.Rated;
import io.paybeacon.core.event.LedgerEvent.EntryBooked;
import io.paybeacon.core.event.SettlementEvent.BankLine;
import io.paybeacon.core.event.SettlementEvent.ReportAvailable;
import io.paybeacon.core.event.SettlementEvent.SettlementLine;
import io.paybeacon.core.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/** One event of every register and more; between them they use every enum constant. */
final class RegisterSamples {
    private static final Instant AT = Instant.parse("2026-11-30T23:59:59.999Z");
    private static final LocalDate DAY = LocalDate.parse("2026-12-24");
    private static final Money PRICE = Money.of(1099, "USD");
    private static final ProviderReference CHARGE = new ProviderReference("stripe-eu", "ch_1");

    private RegisterSamples() {}

    static void all(Origin origin, Map<String, Event> samples) {
        disputes(origin, samples);
        movements(origin, samples);
        settlement(origin, samples);
        for (Complainant from : Complainant.values()) {
            samples.put(
                    "complained " + from.label(),
                    new Complained(origin, "c-1", from, "order-7", "refund_missing", true));
            samples.put("rated " + from.label(), new Rated(origin, "r-1", from, "", 4, 5));
        }
        samples.put(
                "configuration changed",
                new ConfigurationChanged(origin, "routing", "v17", "Karten über Adyen"));
    }

    private static void disputes(Origin origin, Map<String, Event> samples) {
        ProviderReference dispute = new ProviderReference("stripe-eu", "dp_1");
        for (DisputeStatus status : DisputeStatus.values()) {
            samples.put(
                    "dispute " + status.label(),
                    new DisputeEvent.Reported(
                            origin, dispute, CHARGE, status, PRICE, "fraudulent", "visa", AT));
        }
        samples.put(
                "dispute bare",
                new DisputeEvent.Reported(
                        origin, dispute, null, DisputeStatus.INQUIRY, null, "", "", null));
        for (Movement movement : Movement.values()) {
            samples.put(
                    "dispute " + movement.label(),
                    new MoneyMoved(origin, dispute, "txn_1", movement, PRICE));
        }
        samples.put(
                "fraud warned",
                new FraudWarned(origin, dispute, CHARGE, "made_with_stolen_card", true));
    }

    private static void movements(Origin origin, Map<String, Event> samples) {
        ProviderReference transfer = new ProviderReference("stripe-eu", "tr_1");
        for (TransferStatus status : TransferStatus.values()) {
            samples.put(
                    "transfer " + status.label(),
                    new TransferEvent.Reported(
                            origin, transfer, "vendor-9", status, PRICE, "ch_1", "order-7"));
        }
        samples.put(
                "transfer part reversed",
                new TransferEvent.Reversed(origin, transfer, "trr_1", PRICE));
        ProviderReference payout = new ProviderReference("stripe-eu", "po_1");
        for (PayoutStatus status : PayoutStatus.values()) {
            samples.put(
                    "payout " + status.label(),
                    new PayoutEvent.Reported(
                            origin, payout, "", status, PRICE, DAY, "account_closed", "trace"));
        }
        samples.put(
                "payout bare",
                new PayoutEvent.Reported(
                        origin,
                        payout,
                        "vendor-9",
                        PayoutStatus.CREATED,
                        Money.of(-5, "JPY"),
                        null,
                        "",
                        ""));
        samples.put("payout complete", new PayoutEvent.ItemsComplete(origin, payout));
        for (FeeKind kind : FeeKind.values()) {
            samples.put(
                    "fee " + kind.label(),
                    new FeeEvent.Charged(origin, CHARGE, "fee_1", kind, PRICE, PRICE));
        }
        samples.put(
                "fee without base",
                new FeeEvent.Charged(
                        origin, CHARGE, "fee_1", FeeKind.OTHER, Money.of(-1, "KWD"), null));
    }

    private static void settlement(Origin origin, Map<String, Event> samples) {
        for (SettlementLineKind kind : SettlementLineKind.values()) {
            samples.put(
                    "settlement " + kind.label(),
                    new SettlementLine(
                            origin,
                            "batch-380",
                            "line-1",
                            kind,
                            CHARGE,
                            "order-7",
                            PRICE,
                            PRICE,
                            Money.of(0, "USD"),
                            DAY));
        }
        samples.put(
                "settlement bare",
                new SettlementLine(
                        origin,
                        "",
                        "line-2",
                        SettlementLineKind.OTHER,
                        null,
                        "",
                        PRICE,
                        PRICE,
                        PRICE,
                        null));
        samples.put("report available", new ReportAvailable(origin, "report.csv", "settlement"));
        samples.put(
                "bank line",
                new BankLine(origin, "acct-1", "l-1", Money.of(-5, "EUR"), "batch 380", DAY));
        samples.put(
                "ledger entry",
                new EntryBooked(origin, "e-1", "receivables", PRICE, "order-7", "ch_1"));
    }
}
