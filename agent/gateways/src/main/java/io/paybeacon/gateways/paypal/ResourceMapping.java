package io.paybeacon.gateways.paypal;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.FeeEvent.Charged;
import io.paybeacon.core.event.FeeKind;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Authenticated;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.CaptureUndone;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.HoldExpires;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.json.JsonValue.Text;
import io.paybeacon.gateways.message.Envelope;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageFacts;
import io.paybeacon.gateways.message.MessageObject;
import io.paybeacon.gateways.paypal.PayPalEventTypes.Kind;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A resource: what it says of its payment, which is the order. */
final class ResourceMapping {
    private static final Pattern MERCHANT = Pattern.compile("[A-Z0-9]{1,32}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 .,&'()-]{0,63}");

    private final Envelope envelope;
    private final String type;
    private final Instant occurredAt;
    private final MessageObject resource;
    private final MessageFacts out;

    private ResourceMapping(Envelope envelope, MessageObject resource, MessageFacts out) {
        this.envelope = envelope;
        this.type = envelope.type();
        this.occurredAt = envelope.origin().occurredAt();
        this.resource = resource;
        this.out = out;
    }

    /** Adds what the resource says. */
    static void map(Kind kind, Envelope envelope, MessageObject resource, MessageFacts out)
            throws MalformedMessageException {
        new ResourceMapping(envelope, resource, out).add(kind);
    }

    private void add(Kind kind) throws MalformedMessageException {
        switch (kind) {
            case ORDER -> order();
            case APPROVAL_REVERSED -> approvalReversed();
            case AUTHORIZATION -> authorization();
            case CAPTURE -> capture();
            case CAPTURE_REVERSED -> captureReversed();
            case REFUND -> refund();
            case DISPUTE -> DisputeMapping.dispute(envelope.origin(), resource, out);
            case RISK_DISPUTE -> DisputeMapping.warning(envelope.origin(), resource, out);
            case PAYOUT_ITEM -> PayoutMapping.item(envelope, resource, out);
        }
    }

    private void order() throws MalformedMessageException {
        out.about(resource.requiredPlainId("id"));
        PaymentStatus status = orderStatus();
        if (status != null) {
            out.add(new StatusReported(PaymentFact.NO_ATTEMPT, status));
        }
        Money requested = null;
        for (MessageObject unit : resource.items("purchase_units")) {
            if (unit.has("amount")) {
                Money amount = PayPalObject.money(unit, "amount");
                if (requested != null && !requested.currency().equals(amount.currency())) {
                    throw PayPalObject.mixed("resource.purchase_units[].amount");
                }
                requested = requested == null ? amount : requested.plus(amount);
            }
        }
        if (requested != null) {
            out.add(new Requested(requested));
        }
        resource.items("purchase_units").stream().findFirst().ifPresent(this::describeOrder);
        MessageObject source = resource.child("payment_source");
        if (source != null && source.has("card")) {
            out.describe(Property.METHOD, "card");
            describeCard(PayPalObject.orNone(source.child("card")));
        } else if (source != null && source.has("paypal")) {
            out.describe(Property.METHOD, "paypal");
        }
    }

    private void describeCard(MessageObject card) {
        String brand = card.matching("brand", PayPalObject.NETWORK);
        out.describe(Property.NETWORK, brand == null ? null : brand.toLowerCase(Locale.ROOT));
        MessageObject bin = PayPalObject.orNone(card.child("bin_details"));
        out.describe(Property.ISSUER, bin.matching("issuing_bank", NAME));
        out.describe(Property.ISSUER_COUNTRY, bin.country("bin_country_code"));
        MessageObject result = PayPalObject.orNone(card.child("authentication_result"));
        MessageObject secure = PayPalObject.orNone(result.child("three_d_secure"));
        AuthenticationOutcome outcome =
                switch (Objects.requireNonNullElse(secure.text("authentication_status"), "")) {
                    // PayPal does not say whether the bank asked the customer.
                    case "Y" -> AuthenticationOutcome.CHALLENGE_PASSED;
                    case "C", "D" -> AuthenticationOutcome.CHALLENGE_REQUESTED;
                    case "A" -> AuthenticationOutcome.ATTEMPTED;
                    case "N", "R" -> AuthenticationOutcome.CHALLENGE_FAILED;
                    case "U" -> AuthenticationOutcome.UNAVAILABLE;
                    default -> null;
                };
        if (outcome != null) {
            out.add(new Authenticated(PaymentFact.NO_ATTEMPT, outcome));
        }
    }

    /** What the order's own status says; null where its captures say more. */
    private @Nullable PaymentStatus orderStatus() throws MalformedMessageException {
        String word = Objects.requireNonNullElse(resource.text("status"), "");
        return switch (word) {
            case "CREATED", "SAVED", "APPROVED" -> PaymentStatus.CREATED;
            case "PAYER_ACTION_REQUIRED" -> PaymentStatus.ACTION_REQUIRED;
            case "VOIDED" -> PaymentStatus.CANCELLED;
            case "COMPLETED" -> null;
            default ->
                    switch (type) {
                        case "CHECKOUT.ORDER.APPROVED", "CHECKOUT.ORDER.SAVED" ->
                                PaymentStatus.CREATED;
                        case "CHECKOUT.ORDER.VOIDED" -> PaymentStatus.CANCELLED;
                        case "CHECKOUT.ORDER.COMPLETED" -> null;
                        default -> throw resource.bad("status", "missing, or not known");
                    };
        };
    }

    private void approvalReversed() throws MalformedMessageException {
        String order = resource.plainId("order_id");
        out.about(order == null ? resource.requiredPlainId("id") : order);
        out.add(new StatusReported(PaymentFact.NO_ATTEMPT, PaymentStatus.EXPIRED));
    }

    private void authorization() throws MalformedMessageException {
        String id = resource.requiredPlainId("id");
        Money amount = PayPalObject.money(resource, "amount");
        about(PayPalObject.related(resource, "order_id"), id);
        out.names(id);
        PaymentStatus status = authorizationStatus();
        out.add(new StatusReported(id, status));
        if (status == PaymentStatus.FAILED) {
            decline(id);
        } else if (status != PaymentStatus.PROCESSING) {
            out.add(new Authorised(id, amount));
        }
        Instant expires = resource.optionalInstant("expiration_time");
        if (status == PaymentStatus.AUTHORISED && expires != null) {
            out.add(new HoldExpires(id, expires));
        }
        describe();
    }

    private PaymentStatus authorizationStatus() throws MalformedMessageException {
        String word = Objects.requireNonNullElse(resource.text("status"), "");
        return switch (word) {
            // That it was captured, its captures say, and how much of it.
            case "CREATED", "CAPTURED" -> PaymentStatus.AUTHORISED;
            case "PARTIALLY_CAPTURED" -> PaymentStatus.PARTIALLY_CAPTURED;
            case "PENDING" -> PaymentStatus.PROCESSING;
            case "DENIED" -> PaymentStatus.FAILED;
            case "EXPIRED" -> PaymentStatus.EXPIRED;
            case "VOIDED" -> voided();
            default ->
                    switch (type) {
                        case "PAYMENT.AUTHORIZATION.CREATED" -> PaymentStatus.AUTHORISED;
                        case "PAYMENT.AUTHORIZATION.VOIDED" -> voided();
                        default -> throw resource.bad("status", "missing, or not known");
                    };
        };
    }

    /** PayPal voids what was called off and what ran out alike; the time tells which. */
    private PaymentStatus voided() {
        String text = resource.text("expiration_time");
        Instant expires = text == null ? null : Envelope.instant(new Text(text));
        return expires != null && !occurredAt.isBefore(expires)
                ? PaymentStatus.EXPIRED
                : PaymentStatus.CANCELLED;
    }

    private void capture() throws MalformedMessageException {
        String id = resource.requiredPlainId("id");
        Money amount = PayPalObject.money(resource, "amount");
        String authorization = authorizationOfCapture();
        about(PayPalObject.related(resource, "order_id"), authorization, id);
        out.names(authorization);
        out.names(id);
        PaymentStatus status = captureStatus();
        // A capture that fails takes nothing from the authorisation, which may be tried again.
        String attempt =
                authorization == null || status == PaymentStatus.FAILED ? id : authorization;
        out.add(new StatusReported(attempt, status));
        switch (status) {
            case FAILED -> decline(id);
            case CAPTURED, PARTIALLY_CAPTURED -> {
                if (authorization == null) {
                    out.add(new Authorised(id, amount));
                }
                out.add(new Captured(id, amount));
                fee(id, amount);
            }
            case UNKNOWN, CREATED, ACTION_REQUIRED, PROCESSING, AUTHORISED, EXPIRED, CANCELLED -> {}
        }
        describe();
    }

    private void fee(String capture, Money base) throws MalformedMessageException {
        MessageObject breakdown = resource.child("seller_receivable_breakdown");
        if (breakdown != null && breakdown.has("paypal_fee")) {
            Origin origin = envelope.origin();
            out.tell(
                    new Charged(
                            origin,
                            new ProviderReference(origin.gateway(), capture),
                            "paypal_fee",
                            FeeKind.PROCESSING,
                            PayPalObject.money(breakdown, "paypal_fee"),
                            base));
        }
    }

    private @Nullable String authorizationOfCapture() throws MalformedMessageException {
        String related = PayPalObject.related(resource, "authorization_id");
        if (related != null) {
            return related;
        }
        for (MessageObject link : resource.items("links")) {
            String href = link.text("href");
            boolean up = "up".equals(link.text("rel"));
            if (up && href != null && href.contains("/authorizations/")) {
                return PayPalObject.parent(resource);
            }
        }
        return null;
    }

    private PaymentStatus captureStatus() throws MalformedMessageException {
        String word = Objects.requireNonNullElse(resource.text("status"), "");
        return switch (word) {
            case "COMPLETED", "REFUNDED", "PARTIALLY_REFUNDED" -> captured();
            case "PENDING" -> PaymentStatus.PROCESSING;
            case "DECLINED", "FAILED" -> PaymentStatus.FAILED;
            default ->
                    switch (type) {
                        case "PAYMENT.CAPTURE.COMPLETED" -> captured();
                        case "PAYMENT.CAPTURE.PENDING" -> PaymentStatus.PROCESSING;
                        case "PAYMENT.CAPTURE.DECLINED", "PAYMENT.CAPTURE.DENIED" ->
                                PaymentStatus.FAILED;
                        default -> throw resource.bad("status", "missing, or not known");
                    };
        };
    }

    private PaymentStatus captured() {
        return resource.isFalse("final_capture")
                ? PaymentStatus.PARTIALLY_CAPTURED
                : PaymentStatus.CAPTURED;
    }

    /** The resource is the capture, or the movement back, with a link to the capture. */
    private void captureReversed() throws MalformedMessageException {
        String id = resource.requiredPlainId("id");
        String capture = Objects.requireNonNullElse(PayPalObject.parent(resource), id);
        about(PayPalObject.related(resource, "order_id"), capture);
        out.names(capture);
        out.add(new CaptureUndone(id, PayPalObject.money(resource, "amount")));
    }

    private void refund() throws MalformedMessageException {
        String id = resource.requiredPlainId("id");
        String capture = PayPalObject.related(resource, "capture_id");
        if (capture == null) {
            capture = PayPalObject.parent(resource);
        }
        String order = PayPalObject.related(resource, "order_id");
        if (order == null && capture == null) {
            throw resource.missing("links[rel=up]");
        }
        about(order, capture);
        out.names(id);
        out.names(capture);
        out.add(new Refunded(id, PayPalObject.money(resource, "amount"), refundStatus()));
    }

    private RefundStatus refundStatus() throws MalformedMessageException {
        String word = Objects.requireNonNullElse(resource.text("status"), "");
        return switch (word) {
            case "COMPLETED" -> RefundStatus.SUCCEEDED;
            case "PENDING" -> RefundStatus.PENDING;
            case "FAILED" -> RefundStatus.FAILED;
            case "CANCELLED" -> RefundStatus.CANCELLED;
            default ->
                    switch (type) {
                        case "PAYMENT.CAPTURE.REFUNDED" -> RefundStatus.SUCCEEDED;
                        case "PAYMENT.REFUND.PENDING" -> RefundStatus.PENDING;
                        case "PAYMENT.REFUND.FAILED" -> RefundStatus.FAILED;
                        default -> throw resource.bad("status", "missing, or not known");
                    };
        };
    }

    /** The facts are about the order, or the payment of the first object that is named. */
    private void about(@Nullable String order, @Nullable String... objects) {
        if (order != null) {
            out.about(order);
            return;
        }
        for (String object : objects) {
            if (object != null) {
                out.aboutPaymentOf(object);
                return;
            }
        }
    }

    private void decline(String attempt) {
        MessageObject response = PayPalObject.orNone(resource.child("processor_response"));
        MessageObject details = PayPalObject.orNone(resource.child("status_details"));
        out.add(
                ProcessorCodes.declined(
                        attempt,
                        response.text("response_code"),
                        details.text("reason"),
                        response.text("payment_advice_code")));
    }

    private void describe() {
        describeOrder(resource);
        MessageObject payee = PayPalObject.orNone(resource.child("payee"));
        out.describe(Property.MERCHANT_ACCOUNT, payee.matching("merchant_id", MERCHANT));
        MessageObject network = resource.child("network_transaction_reference");
        String name = network == null ? null : network.matching("network", PayPalObject.NETWORK);
        if (name != null) {
            out.describe(Property.METHOD, "card");
            out.describe(Property.NETWORK, name.toLowerCase(Locale.ROOT));
        }
    }

    private void describeOrder(MessageObject holder) {
        String invoice = holder.merchantReference("invoice_id");
        out.describe(
                Property.MERCHANT_REFERENCE,
                invoice == null ? holder.merchantReference("custom_id") : invoice);
    }
}
