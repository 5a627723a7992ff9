package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.adyen.AdyenNotification.EventCode;
import io.paybeacon.sandbox.adyen.Payment.State;
import io.paybeacon.sandbox.gateway.Aftermath;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What befalls payments afterwards, and how Adyen tells of it
 * (docs.adyen.com/risk-management/disputes-api/dispute-notifications). All notifications of one
 * dispute share a pspReference. Confined to the lock of {@link AdyenGateway}.
 */
final class AdyenAftermath {
    private static final ZoneId ADYEN_TIME = ZoneId.of("Europe/Amsterdam");
    private static final DateTimeFormatter DEADLINE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    /** Visa's and Mastercard's codes of the reasons (docs.adyen.com, dispute reason codes). */
    private static final Map<String, String> REASON_CODES =
            Map.of(
                    "fraudulent", "10.4",
                    "product_not_received", "13.1",
                    "product_unacceptable", "13.3",
                    "duplicate", "12.6",
                    "credit_not_processed", "13.7");

    private final Books books;
    private final String merchantAccount;

    AdyenAftermath(Books books, String merchantAccount) {
        this.books = books;
        this.merchantAccount = merchantAccount;
    }

    void befall(String psp, Aftermath aftermath, Execution execution) {
        switch (aftermath) {
            case Aftermath.FraudWarned() ->
                    tell(captured(psp), EventCode.NOTIFICATION_OF_FRAUD, next(), "", execution);
            case Aftermath.DisputeOpened(String reason, long dueMillis) ->
                    open(captured(psp), reason, books.now().plusMillis(dueMillis), execution);
            case Aftermath.DisputeClosed(boolean won) -> close(existing(psp), won, execution);
            case Aftermath.CaptureUndone() -> undo(captured(psp), execution);
            case Aftermath.RefundFailed() -> failRefund(existing(psp), execution);
            case Aftermath.Expired() -> expire(existing(psp), execution);
            case Aftermath.Transferred(String vendor, long amountMinor) -> {
                Payment payment = existing(psp);
                execution.emit(
                        notification(
                                EventCode.PAYOUT_THIRDPARTY,
                                next(),
                                Optional.empty(),
                                payment.request().reference() + "-" + vendor,
                                payment.amount().withValue(amountMinor),
                                "",
                                Map.of("vendor", vendor)));
            }
            case Aftermath.PaidOut(long amountMinor, String currency, boolean fails) ->
                    payOut(new Amount(amountMinor, currency), fails, execution);
        }
    }

    private String next() {
        return books.references().next();
    }

    private Payment existing(String psp) {
        return books.find(psp)
                .orElseThrow(() -> AdyenRefusal.validation("167", "There is no such payment"));
    }

    private Payment captured(String psp) {
        Payment payment = existing(psp);
        if (books.refundableMinor(payment) <= 0) {
            throw AdyenRefusal.validation("167", "Nothing is captured: " + payment.state());
        }
        return payment;
    }

    private void open(Payment payment, String reason, Instant due, Execution execution) {
        String dispute = next();
        String deadline = DEADLINE.format(due.atZone(ADYEN_TIME));
        Map<String, String> data = new HashMap<>();
        data.put("chargebackReasonCode", REASON_CODES.getOrDefault(reason, "10.4"));
        data.put("chargebackSchemeCode", payment.request().card().brand());
        data.put("defendable", "true");
        if (!reason.equals("fraudulent")) {
            tell(payment, EventCode.REQUEST_FOR_INFORMATION, dispute, reason, execution);
        }
        data.put("disputeStatus", "Undefended");
        data.put("defensePeriodEndsAt", deadline);
        tell(payment, EventCode.NOTIFICATION_OF_CHARGEBACK, dispute, reason, data, execution);
        tell(payment, EventCode.CHARGEBACK, dispute, reason, data, execution);
    }

    private void close(Payment payment, boolean won, Execution execution) {
        AdyenNotification chargeback =
                books.lastTold(payment, EventCode.CHARGEBACK)
                        .orElseThrow(
                                () -> AdyenRefusal.validation("167", "There is no open dispute"));
        String dispute = chargeback.pspReference();
        tell(
                payment,
                EventCode.INFORMATION_SUPPLIED,
                dispute,
                "",
                Map.of("disputeStatus", "Responded"),
                execution);
        tell(
                payment,
                EventCode.CHARGEBACK_REVERSED,
                dispute,
                "",
                Map.of("disputeStatus", won ? "Won" : "Pending"),
                execution);
        if (!won) {
            tell(
                    payment,
                    EventCode.SECOND_CHARGEBACK,
                    dispute,
                    chargeback.reason(),
                    Map.of("disputeStatus", "Lost"),
                    execution);
        }
    }

    /** The money is where it was before the payment; the hold is over too. */
    private void undo(Payment payment, Execution execution) {
        AdyenNotification capture =
                books.lastTold(payment, EventCode.CAPTURE)
                        .orElseThrow(() -> AdyenRefusal.validation("167", "No capture was told"));
        long amount = books.refundableMinor(payment);
        books.ledger()
                .capture(payment.pspReference(), payment.amount().currency(), 0, -amount, amount);
        books.put(payment.in(State.CAPTURE_UNDONE));
        execution.emit(again(capture, EventCode.CAPTURE_FAILED, "Capture Failed"));
    }

    private void failRefund(Payment payment, Execution execution) {
        AdyenNotification refund =
                books.lastTold(payment, EventCode.REFUND)
                        .orElseThrow(() -> AdyenRefusal.validation("167", "No refund was told"));
        books.ledger()
                .refund(
                        payment.pspReference(),
                        payment.amount().currency(),
                        -refund.amount().valueMinor());
        books.put(payment.in(State.SENT_FOR_SETTLE));
        execution.emit(again(refund, EventCode.REFUND_FAILED, "Refund Failed"));
    }

    /** The same modification, of which something else is told now. */
    private AdyenNotification again(AdyenNotification told, EventCode code, String reason) {
        return new AdyenNotification(
                code,
                true,
                told.pspReference(),
                told.originalReference(),
                told.merchantAccount(),
                told.merchantReference(),
                told.amount(),
                told.paymentMethod(),
                reason,
                books.now(),
                told.additionalData(),
                told.paymentMetadata());
    }

    private void expire(Payment payment, Execution execution) {
        long held = books.heldMinor(payment);
        if (payment.state() != State.AUTHORISED || held == 0) {
            throw AdyenRefusal.validation("167", "No hold to expire: " + payment.state());
        }
        books.ledger().release(payment.pspReference(), payment.amount().currency(), held);
        books.put(payment.in(State.EXPIRED));
        tell(payment, EventCode.EXPIRE, next(), "", execution);
    }

    private void payOut(Amount amount, boolean fails, Execution execution) {
        String batch = next();
        execution.emit(
                notification(
                        EventCode.REPORT_AVAILABLE,
                        batch,
                        Optional.empty(),
                        "",
                        new Amount(0, amount.currency()),
                        "https://ca-test.adyen.com/reports/download/MerchantAccount/"
                                + merchantAccount
                                + "/settlement_detail_report.csv",
                        Map.of()));
        if (fails) {
            execution.emit(
                    notification(
                            EventCode.PAIDOUT_REVERSED,
                            next(),
                            Optional.of(batch),
                            "",
                            amount,
                            "Account closed",
                            Map.of()));
        }
    }

    private void tell(
            Payment payment, EventCode code, String psp, String reason, Execution execution) {
        tell(payment, code, psp, reason, Map.of(), execution);
    }

    private void tell(
            Payment payment,
            EventCode code,
            String psp,
            String reason,
            Map<String, String> more,
            Execution execution) {
        Map<String, String> data = new HashMap<>(more);
        payment.request().metadata().forEach((key, value) -> data.put("metadata." + key, value));
        AdyenNotification notification =
                new AdyenNotification(
                        code,
                        true,
                        psp,
                        Optional.of(payment.pspReference()),
                        payment.request().merchantAccount(),
                        payment.request().reference(),
                        payment.amount(),
                        payment.request().card().brand(),
                        reason,
                        books.now(),
                        data,
                        payment.request().metadata());
        books.told(payment, notification);
        execution.emit(notification);
    }

    private AdyenNotification notification(
            EventCode code,
            String psp,
            Optional<String> original,
            String reference,
            Amount amount,
            String reason,
            Map<String, String> data) {
        return new AdyenNotification(
                code,
                true,
                psp,
                original,
                merchantAccount,
                reference,
                amount,
                "",
                reason,
                books.now(),
                data,
                Map.of());
    }
}
