package io.paybeacon.core.event;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.CodecException;
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
import java.time.LocalDate;
import java.time.temporal.ChronoField;

/**
 * The part of {@link EventCodec} that knows the {@link RegisterEvent}s. Days are written as days
 * since 1970-01-01.
 *
 * <table>
 *   <caption>Tags</caption>
 *   <tr><td>80 to 82</td><td>dispute Reported, MoneyMoved, FraudWarned</td></tr>
 *   <tr><td>83, 84</td><td>transfer Reported, Reversed</td></tr>
 *   <tr><td>85, 86</td><td>payout Reported, ItemsComplete</td></tr>
 *   <tr><td>87</td><td>fee Charged</td></tr>
 *   <tr><td>88 to 90</td><td>SettlementLine, ReportAvailable, BankLine</td></tr>
 *   <tr><td>91</td><td>EntryBooked</td></tr>
 *   <tr><td>92, 93</td><td>Complained, Rated</td></tr>
 *   <tr><td>94</td><td>ConfigurationChanged</td></tr>
 * </table>
 */
final class RegisterEventCodec {
    private static final int DISPUTE_REPORTED = 80;
    private static final int DISPUTE_MONEY_MOVED = 81;
    private static final int FRAUD_WARNED = 82;
    private static final int TRANSFER_REPORTED = 83;
    private static final int TRANSFER_REVERSED = 84;
    private static final int PAYOUT_REPORTED = 85;
    private static final int PAYOUT_ITEMS_COMPLETE = 86;
    private static final int FEE_CHARGED = 87;
    private static final int SETTLEMENT_LINE = 88;
    private static final int REPORT_AVAILABLE = 89;
    private static final int BANK_LINE = 90;
    private static final int ENTRY_BOOKED = 91;
    private static final int COMPLAINED = 92;
    private static final int RATED = 93;
    private static final int CONFIGURATION_CHANGED = 94;

    private RegisterEventCodec() {}

    static boolean knows(int tag) {
        return tag >= DISPUTE_REPORTED && tag <= CONFIGURATION_CHANGED;
    }

    static void write(RegisterEvent event, ByteWriter out) {
        switch (event) {
            case DisputeEvent dispute -> writeDispute(dispute, out);
            case TransferEvent transfer -> writeTransfer(transfer, out);
            case PayoutEvent payout -> writePayout(payout, out);
            case FeeEvent fee -> writeFee(fee, out);
            case SettlementEvent settlement -> writeSettlement(settlement, out);
            case LedgerEvent ledger -> writeLedger(ledger, out);
            case FeedbackEvent feedback -> writeFeedback(feedback, out);
            case ConfigurationEvent configuration -> writeConfiguration(configuration, out);
        }
    }

    private static void writeDispute(DisputeEvent event, ByteWriter out) {
        switch (event) {
            case DisputeEvent.Reported reported -> {
                EventCodec.begin(out, DISPUTE_REPORTED, reported.origin());
                reported.dispute().write(out);
                out.optional(reported.payment(), (w, reference) -> reference.write(w));
                DisputeStatus.NAMES.write(out, reported.status());
                out.optional(reported.amount(), ByteWriter::money);
                out.text(reported.reason());
                out.text(reported.network());
                out.optional(reported.respondBy(), ByteWriter::instant);
            }
            case MoneyMoved(var origin, var dispute, var operation, var movement, var amount) -> {
                EventCodec.begin(out, DISPUTE_MONEY_MOVED, origin);
                dispute.write(out);
                out.text(operation);
                Movement.NAMES.write(out, movement);
                out.money(amount);
            }
            case FraudWarned(var origin, var dispute, var payment, var type, var actionable) -> {
                EventCodec.begin(out, FRAUD_WARNED, origin);
                dispute.write(out);
                payment.write(out);
                out.text(type);
                out.bool(actionable);
            }
        }
    }

    private static void writeTransfer(TransferEvent event, ByteWriter out) {
        switch (event) {
            case TransferEvent.Reported reported -> {
                EventCodec.begin(out, TRANSFER_REPORTED, reported.origin());
                reported.transfer().write(out);
                out.text(reported.vendor());
                TransferStatus.NAMES.write(out, reported.status());
                out.money(reported.amount());
                out.text(reported.source());
                out.text(reported.order());
            }
            case TransferEvent.Reversed(var origin, var transfer, var reversal, var amount) -> {
                EventCodec.begin(out, TRANSFER_REVERSED, origin);
                transfer.write(out);
                out.text(reversal);
                out.money(amount);
            }
        }
    }

    private static void writePayout(PayoutEvent event, ByteWriter out) {
        switch (event) {
            case PayoutEvent.Reported reported -> {
                EventCodec.begin(out, PAYOUT_REPORTED, reported.origin());
                reported.payout().write(out);
                out.text(reported.vendor());
                PayoutStatus.NAMES.write(out, reported.status());
                out.money(reported.amount());
                out.optional(reported.arrivesOn(), RegisterEventCodec::writeDay);
                out.text(reported.failureCode());
                out.text(reported.traceId());
            }
            case PayoutEvent.ItemsComplete(var origin, var payout) -> {
                EventCodec.begin(out, PAYOUT_ITEMS_COMPLETE, origin);
                payout.write(out);
            }
        }
    }

    private static void writeFee(FeeEvent event, ByteWriter out) {
        switch (event) {
            case FeeEvent.Charged(
                            var origin,
                            var charged,
                            var fee,
                            var kind,
                            var amount,
                            var base) -> {
                EventCodec.begin(out, FEE_CHARGED, origin);
                charged.write(out);
                out.text(fee);
                FeeKind.NAMES.write(out, kind);
                out.money(amount);
                out.optional(base, ByteWriter::money);
            }
        }
    }

    private static void writeSettlement(SettlementEvent event, ByteWriter out) {
        switch (event) {
            case SettlementLine line -> {
                EventCodec.begin(out, SETTLEMENT_LINE, line.origin());
                out.text(line.report());
                out.text(line.line());
                SettlementLineKind.NAMES.write(out, line.kind());
                out.optional(line.settled(), (w, reference) -> reference.write(w));
                out.text(line.merchantReference());
                out.money(line.gross());
                out.money(line.fee());
                out.money(line.net());
                out.optional(line.availableOn(), RegisterEventCodec::writeDay);
            }
            case ReportAvailable(var origin, var report, var kind) -> {
                EventCodec.begin(out, REPORT_AVAILABLE, origin);
                out.text(report);
                out.text(kind);
            }
            case BankLine line -> {
                EventCodec.begin(out, BANK_LINE, line.origin());
                out.text(line.account());
                out.text(line.line());
                out.money(line.amount());
                out.text(line.reference());
                writeDay(out, line.bookedOn());
            }
        }
    }

    private static void writeLedger(LedgerEvent event, ByteWriter out) {
        switch (event) {
            case EntryBooked entry -> {
                EventCodec.begin(out, ENTRY_BOOKED, entry.origin());
                out.text(entry.entry());
                out.text(entry.account());
                out.money(entry.amount());
                out.text(entry.order());
                out.text(entry.booked());
            }
        }
    }

    private static void writeFeedback(FeedbackEvent event, ByteWriter out) {
        switch (event) {
            case Complained complained -> {
                EventCodec.begin(out, COMPLAINED, complained.origin());
                out.text(complained.complaint());
                Complainant.NAMES.write(out, complained.from());
                out.text(complained.order());
                out.text(complained.topic());
                out.bool(complained.open());
            }
            case Rated rated -> {
                EventCodec.begin(out, RATED, rated.origin());
                out.text(rated.rating());
                Complainant.NAMES.write(out, rated.from());
                out.text(rated.order());
                out.unsigned(rated.score());
                out.unsigned(rated.outOf());
            }
        }
    }

    private static void writeConfiguration(ConfigurationEvent event, ByteWriter out) {
        switch (event) {
            case ConfigurationChanged(var origin, var component, var version, var summary) -> {
                EventCodec.begin(out, CONFIGURATION_CHANGED, origin);
                out.text(component);
                out.text(version);
                out.text(summary);
            }
        }
    }

    static RegisterEvent read(int tag, Origin origin, ByteReader in) {
        return switch (tag) {
            case DISPUTE_REPORTED, DISPUTE_MONEY_MOVED, FRAUD_WARNED ->
                    readDispute(tag, origin, in);
            case TRANSFER_REPORTED, TRANSFER_REVERSED -> readTransfer(tag, origin, in);
            case PAYOUT_REPORTED, PAYOUT_ITEMS_COMPLETE -> readPayout(tag, origin, in);
            case FEE_CHARGED ->
                    new FeeEvent.Charged(
                            origin,
                            ProviderReference.read(in),
                            in.text(),
                            FeeKind.NAMES.read(in),
                            in.money(),
                            in.optional(ByteReader::money));
            case SETTLEMENT_LINE -> readLine(origin, in);
            case REPORT_AVAILABLE -> new ReportAvailable(origin, in.text(), in.text());
            case BANK_LINE ->
                    new BankLine(origin, in.text(), in.text(), in.money(), in.text(), readDay(in));
            case ENTRY_BOOKED ->
                    new EntryBooked(origin, in.text(), in.text(), in.money(), in.text(), in.text());
            case COMPLAINED ->
                    new Complained(
                            origin,
                            in.text(),
                            Complainant.NAMES.read(in),
                            in.text(),
                            in.text(),
                            in.bool());
            case RATED ->
                    new Rated(
                            origin,
                            in.text(),
                            Complainant.NAMES.read(in),
                            in.text(),
                            in.unsignedInt(),
                            in.unsignedInt());
            case CONFIGURATION_CHANGED ->
                    new ConfigurationChanged(origin, in.text(), in.text(), in.text());
            default -> throw new CodecException("not the tag of a register's event: " + tag);
        };
    }

    private static DisputeEvent readDispute(int tag, Origin origin, ByteReader in) {
        ProviderReference dispute = ProviderReference.read(in);
        return switch (tag) {
            case DISPUTE_REPORTED ->
                    new DisputeEvent.Reported(
                            origin,
                            dispute,
                            in.optional(ProviderReference::read),
                            DisputeStatus.NAMES.read(in),
                            in.optional(ByteReader::money),
                            in.text(),
                            in.text(),
                            in.optional(ByteReader::instant));
            case DISPUTE_MONEY_MOVED ->
                    new MoneyMoved(origin, dispute, in.text(), Movement.NAMES.read(in), in.money());
            default ->
                    new FraudWarned(
                            origin, dispute, ProviderReference.read(in), in.text(), in.bool());
        };
    }

    private static TransferEvent readTransfer(int tag, Origin origin, ByteReader in) {
        ProviderReference transfer = ProviderReference.read(in);
        return tag == TRANSFER_REPORTED
                ? new TransferEvent.Reported(
                        origin,
                        transfer,
                        in.text(),
                        TransferStatus.NAMES.read(in),
                        in.money(),
                        in.text(),
                        in.text())
                : new TransferEvent.Reversed(origin, transfer, in.text(), in.money());
    }

    private static PayoutEvent readPayout(int tag, Origin origin, ByteReader in) {
        ProviderReference payout = ProviderReference.read(in);
        return tag == PAYOUT_REPORTED
                ? new PayoutEvent.Reported(
                        origin,
                        payout,
                        in.text(),
                        PayoutStatus.NAMES.read(in),
                        in.money(),
                        in.optional(RegisterEventCodec::readDay),
                        in.text(),
                        in.text())
                : new PayoutEvent.ItemsComplete(origin, payout);
    }

    private static SettlementEvent readLine(Origin origin, ByteReader in) {
        return new SettlementLine(
                origin,
                in.text(),
                in.text(),
                SettlementLineKind.NAMES.read(in),
                in.optional(ProviderReference::read),
                in.text(),
                in.money(),
                in.money(),
                in.money(),
                in.optional(RegisterEventCodec::readDay));
    }

    private static void writeDay(ByteWriter out, LocalDate day) {
        out.signed(day.toEpochDay());
    }

    private static LocalDate readDay(ByteReader in) {
        long day = in.signed();
        if (!ChronoField.EPOCH_DAY.range().isValidValue(day)) {
            throw new CodecException("not a day");
        }
        return LocalDate.ofEpochDay(day);
    }
}
