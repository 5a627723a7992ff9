package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.FeeEvent.Charged;
import io.paybeacon.core.event.FeeKind;
import io.paybeacon.core.event.PayoutEvent;
import io.paybeacon.core.event.PayoutEvent.ItemsComplete;
import io.paybeacon.core.event.PayoutStatus;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.SettlementEvent.ReportAvailable;
import io.paybeacon.core.event.TransferEvent;
import io.paybeacon.core.event.TransferEvent.Reversed;
import io.paybeacon.core.event.TransferStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.message.MalformedMessageException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What leaves the balance: payouts, transfers to vendors, fees; and the reports about it. */
final class MoneyOutMapping {
    private static final Pattern TRACE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 _/.-]{0,99}");
    private static final Pattern REPORT_TYPE = Pattern.compile("[a-z][a-z0-9_.]{0,99}");

    private final StripeMessage message;
    private final StripeObject object;
    private final StripeFacts out;
    private final String id;

    private MoneyOutMapping(StripeMessage message, StripeFacts out)
            throws MalformedMessageException {
        this.message = message;
        this.object = message.object();
        this.out = out;
        this.id = object.requiredId("id");
    }

    /** Adds what the payout says. */
    static void payout(StripeMessage message, StripeFacts out) throws MalformedMessageException {
        new MoneyOutMapping(message, out).addPayout();
    }

    /** Adds what the transfer says. */
    static void transfer(StripeMessage message, StripeFacts out) throws MalformedMessageException {
        new MoneyOutMapping(message, out).addTransfer();
    }

    /** Adds what the application fee says. */
    static void fee(StripeMessage message, StripeFacts out) throws MalformedMessageException {
        new MoneyOutMapping(message, out).addFee();
    }

    /** Adds what the run of a report says. */
    static void report(StripeMessage message, StripeFacts out) throws MalformedMessageException {
        StripeObject run = message.object();
        StripeObject result = run.child("result");
        String report = result == null ? null : result.id("id");
        if (report == null) {
            throw run.missing("result.id");
        }
        String kind = run.matching("report_type", REPORT_TYPE);
        out.tell(
                new ReportAvailable(
                        message.origin(), report, Objects.requireNonNullElse(kind, "")));
    }

    private void addPayout() throws MalformedMessageException {
        StripeObject trace = object.child("trace_id");
        String traceId = trace == null ? null : trace.matching("value", TRACE);
        out.tell(
                new PayoutEvent.Reported(
                        message.origin(),
                        reference(id),
                        message.account(),
                        payoutStatus(),
                        object.signedMoney("amount"),
                        day(object.optionalInstant("arrival_date")),
                        Objects.requireNonNullElse(object.word("failure_code"), ""),
                        Objects.requireNonNullElse(traceId, "")));
        if (message.type().equals("payout.reconciliation_completed")) {
            out.tell(new ItemsComplete(message.origin(), reference(id)));
        }
    }

    private PayoutStatus payoutStatus() throws MalformedMessageException {
        String word = Objects.requireNonNullElse(object.text("status"), "");
        return switch (word) {
            case "pending" -> PayoutStatus.CREATED;
            case "in_transit" -> PayoutStatus.IN_TRANSIT;
            case "paid" -> PayoutStatus.PAID;
            case "failed" -> PayoutStatus.FAILED;
            case "canceled" -> PayoutStatus.CANCELLED;
            default -> throw object.bad("status", "missing, or not a status that this build knows");
        };
    }

    private static @Nullable LocalDate day(@Nullable Instant instant) {
        return instant == null ? null : LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private void addTransfer() throws MalformedMessageException {
        Money amount = object.money("amount");
        String vendor = object.id("destination");
        String source = object.id("source_transaction");
        out.tell(
                new TransferEvent.Reported(
                        message.origin(),
                        reference(id),
                        Objects.requireNonNullElse(vendor, ""),
                        transferStatus(),
                        amount,
                        Objects.requireNonNullElse(source, ""),
                        order(message.orderFields())));
        for (StripeObject reversal : object.list("reversals")) {
            out.tell(
                    new Reversed(
                            message.origin(),
                            reference(id),
                            reversal.requiredId("id"),
                            reversal.money("amount")));
        }
    }

    private TransferStatus transferStatus() {
        if (object.isTrue("reversed")) {
            return TransferStatus.REVERSED;
        }
        return message.type().equals("transfer.failed")
                ? TransferStatus.FAILED
                : TransferStatus.BOOKED;
    }

    private String order(List<String> orderFields) {
        StripeObject metadata = object.child("metadata");
        if (metadata != null) {
            for (String field : orderFields) {
                String reference = metadata.merchantReference(field);
                if (reference != null) {
                    return reference;
                }
            }
        }
        return "";
    }

    private void addFee() throws MalformedMessageException {
        String charge = object.id("charge");
        ProviderReference charged = reference(charge == null ? id : charge);
        Money amount = object.money("amount");
        out.tell(new Charged(message.origin(), charged, id, FeeKind.PLATFORM, amount, null));
        for (StripeObject refund : object.list("refunds")) {
            Money back = refund.money("amount");
            out.tell(
                    new Charged(
                            message.origin(),
                            charged,
                            refund.requiredId("id"),
                            FeeKind.PLATFORM,
                            new Money(-back.minorUnits(), back.currency()),
                            null));
        }
    }

    private ProviderReference reference(String value) {
        return new ProviderReference(message.origin().gateway(), value);
    }
}
