package io.paybeacon.gateways.adyen;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.PaymentFact.Authenticated;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.CaptureUndone;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.WebhookAdapter;
import io.paybeacon.gateways.adyen.AdyenEventCodes.Kind;
import io.paybeacon.gateways.adyen.AdyenWebhooks.CaptureMode;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageFacts;
import io.paybeacon.gateways.message.MessageObject;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One item: what it says of its payment, which is known by the reference of its authorisation. */
final class ItemMapping {
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final AdyenItem item;
    private final CaptureMode captureMode;
    private final MessageFacts out;
    private final String reference;
    private final boolean success;

    private ItemMapping(AdyenItem item, CaptureMode captureMode, MessageFacts out)
            throws MalformedMessageException {
        this.item = item;
        this.captureMode = captureMode;
        this.out = out;
        this.reference = item.requiredPlainId("pspReference");
        this.success = item.success();
    }

    /** Adds what the item says. */
    static void map(AdyenItem item, Kind kind, CaptureMode captureMode, MessageFacts out)
            throws MalformedMessageException {
        new ItemMapping(item, captureMode, out).add(kind);
    }

    private void add(Kind kind) throws MalformedMessageException {
        switch (kind) {
            case AUTHORISATION -> authorisation();
            case ADJUSTMENT -> adjustment();
            case CAPTURE -> capture();
            case CAPTURE_FAILED -> captureFailed();
            case CANCELLATION -> called(PaymentStatus.CANCELLED, modified());
            case EXPIRY -> expiry();
            case REFUND -> refund(success ? RefundStatus.SUCCEEDED : RefundStatus.FAILED);
            case REFUND_PENDING -> refund(success ? RefundStatus.PENDING : RefundStatus.FAILED);
            case REFUND_FAILED -> refundFailed();
            case CANCEL_OR_REFUND -> cancelOrRefund();
            case DISPUTE, PAYOUT, REPORT -> throw new IllegalArgumentException("not of a payment");
        }
    }

    private void authorisation() throws MalformedMessageException {
        Money amount = item.amount();
        out.about(reference);
        if (amount.isZero()) {
            // A card that is only checked or stored: no money moves, and no capture will come.
            return;
        }
        String method = item.paymentMethod();
        if (!success) {
            out.add(new StatusReported(reference, PaymentStatus.FAILED));
            out.add(
                    RefusalReasons.declined(
                            reference,
                            item.additional("refusalReasonCode"),
                            item.text("reason"),
                            item.additional("merchantAdviceCode")));
        } else if (captureMode == CaptureMode.AUTOMATIC || AdyenMethods.isPushed(method)) {
            out.add(new StatusReported(reference, PaymentStatus.CAPTURED));
            addMoney(amount, true);
        } else {
            out.add(new StatusReported(reference, PaymentStatus.AUTHORISED));
            addMoney(amount, false);
        }
        out.add(new Requested(amount));
        out.describe(Property.MERCHANT_REFERENCE, item.merchantReference("merchantReference"));
        AdyenMethods.describe(out, method);
        describe();
        authentication();
    }

    private void describe() {
        MessageObject data = item.additionalData();
        out.describe(Property.ISSUER_COUNTRY, data.country("cardIssuingCountry"));
        out.describe(Property.ISSUER, IssuerRange.of(item.additional("cardBin")));
        out.describe(Property.MERCHANT_ACCOUNT, item.merchantReference("merchantAccountCode"));
        out.describe(Property.CUSTOMER, data.merchantReference("shopperReference"));
        out.describe(Property.INSTRUMENT, data.matching("alias", ALIAS));
        String configuration = item.additional("metadata." + WebhookAdapter.CONFIGURATION_FIELD);
        if (configuration != null) {
            out.describe(
                    Property.CONFIGURATION,
                    data.matching("metadata." + WebhookAdapter.CONFIGURATION_FIELD, VERSION));
        }
    }

    /** Only the answers of the issuer: what is not there was not asked. */
    private void authentication() {
        String answer =
                Objects.requireNonNullElse(item.additional("threeDAuthenticatedResponse"), "");
        boolean challenged = "C".equals(item.additional("threeDOfferedResponse"));
        AuthenticationOutcome outcome =
                switch (answer) {
                    case "Y" ->
                            challenged
                                    ? AuthenticationOutcome.CHALLENGE_PASSED
                                    : AuthenticationOutcome.FRICTIONLESS;
                    case "A" -> AuthenticationOutcome.ATTEMPTED;
                    case "N", "R" -> AuthenticationOutcome.CHALLENGE_FAILED;
                    case "U" -> AuthenticationOutcome.UNAVAILABLE;
                    default -> null;
                };
        if (outcome != null) {
            out.add(new Authenticated(reference, outcome));
        }
    }

    private void addMoney(Money amount, boolean captured) {
        out.add(new Authorised(reference, amount));
        if (captured) {
            out.add(new Captured(reference, amount));
        }
    }

    private void adjustment() throws MalformedMessageException {
        String payment = modified();
        if (success) {
            out.add(new Authorised(payment, item.amount()));
        }
    }

    private void capture() throws MalformedMessageException {
        String payment = modified();
        if (success) {
            // What was held beyond it is released, unless the account has multiple partial captures
            // (docs.adyen.com/online-payments/capture, "Partial capture").
            out.add(new StatusReported(payment, PaymentStatus.CAPTURED));
            out.add(new Captured(captureOperation(payment), item.amount()));
        }
    }

    /** With automatic capture the authorisation has told of the same money already. */
    private String captureOperation(String payment) {
        return captureMode == CaptureMode.AUTOMATIC ? payment : reference;
    }

    private void captureFailed() throws MalformedMessageException {
        String payment = modified();
        if (success) {
            out.add(new CaptureUndone(captureOperation(payment), item.amount()));
        }
    }

    private void expiry() throws MalformedMessageException {
        String original = item.plainId("originalReference");
        String payment = original == null ? reference : original;
        out.about(payment);
        called(PaymentStatus.EXPIRED, payment);
    }

    private void called(PaymentStatus status, String payment) {
        if (success) {
            out.add(new StatusReported(payment, status));
        }
    }

    private void refund(RefundStatus status) throws MalformedMessageException {
        modified();
        out.add(new Refunded(reference, item.amount(), status));
    }

    private void refundFailed() throws MalformedMessageException {
        modified();
        if (success) {
            out.add(new Refunded(reference, item.amount(), RefundStatus.FAILED));
        }
    }

    private void cancelOrRefund() throws MalformedMessageException {
        @Nullable String action = item.additional("modification.action");
        if ("cancel".equals(action)) {
            called(PaymentStatus.CANCELLED, modified());
        } else if ("refund".equals(action)) {
            refund(success ? RefundStatus.SUCCEEDED : RefundStatus.FAILED);
        } else if (success) {
            throw item.bad("additionalData.modification.action", "neither cancel nor refund");
        } else {
            // Adyen does not say which of the two it refused, and nothing changed.
            modified();
        }
    }

    /** The payment that a modification is of; the modification's own reference belongs to it. */
    private String modified() throws MalformedMessageException {
        String payment = item.requiredPlainId("originalReference");
        out.about(payment);
        out.names(reference);
        return payment;
    }
}
