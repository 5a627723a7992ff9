package io.paybeacon.gateways.card;

import io.paybeacon.core.event.AuthenticationOutcome;
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
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.WebhookAdapter;
import io.paybeacon.gateways.json.JsonValue.Whole;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageFacts;
import io.paybeacon.gateways.message.MessageObject;
import io.paybeacon.gateways.message.MinorUnits;
import java.time.Instant;
import java.util.regex.Pattern;

/** The data of an event: what it says of its payment, which is the authorisation. */
final class DataMapping {
    private static final Pattern NETWORK =
            Pattern.compile("[a-z][a-z0-9_]{0," + (Limits.WORD_CHARS_MAX - 1) + "}");

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final MessageObject data;
    private final MessageFacts out;
    private final String id;

    private DataMapping(MessageObject data, MessageFacts out) throws MalformedMessageException {
        this.data = data;
        this.out = out;
        this.id = data.requiredPlainId("id");
    }

    /** Adds what the data say. */
    static void map(CardEventType type, MessageObject data, MessageFacts out)
            throws MalformedMessageException {
        new DataMapping(data, out).add(type);
    }

    private void add(CardEventType type) throws MalformedMessageException {
        switch (type) {
            case APPROVED -> authorization(PaymentStatus.AUTHORISED);
            case DECLINED -> authorization(PaymentStatus.FAILED);
            case CHALLENGED -> authorization(PaymentStatus.ACTION_REQUIRED);
            case VOIDED -> authorization(PaymentStatus.CANCELLED);
            case EXPIRED -> authorization(PaymentStatus.EXPIRED);
            case CAPTURED -> captured();
            // Nothing was collected, and the hold stands as it was.
            case CAPTURE_FAILED -> out.about(data.requiredPlainId("authorization"));
            case REFUNDED -> refund(RefundStatus.SUCCEEDED);
            case REFUND_PENDING -> refund(RefundStatus.PENDING);
            case REFUND_FAILED -> refund(RefundStatus.FAILED);
            case CAPTURE_REVERSED -> captureReversed();
            case DISPUTE, DISPUTE_MONEY, FRAUD_WARNING, PAYOUT, FEE, REPORT ->
                    throw new IllegalArgumentException("not of a payment");
        }
    }

    private void authorization(PaymentStatus status) throws MalformedMessageException {
        Money amount = amount();
        out.about(id);
        if (amount.isZero()) {
            // A card that is only checked: no money moves, and no capture will come.
            return;
        }
        out.add(new StatusReported(id, status));
        if (status == PaymentStatus.FAILED) {
            out.add(ResponseCodes.declined(id, data.text("responseCode"), data.text("adviceCode")));
        }
        out.add(new Requested(amount));
        if (status == PaymentStatus.AUTHORISED) {
            out.add(new Authorised(id, amount));
        }
        out.describe(Property.MERCHANT_REFERENCE, data.merchantReference("reference"));
        out.describe(Property.METHOD, "card");
        out.describe(Property.CUSTOMER, data.merchantReference("customer"));
        out.describe(Property.MERCHANT_ACCOUNT, data.merchantReference("merchantAccount"));
        MessageObject metadata = data.child("metadata");
        if (metadata != null) {
            out.describe(
                    Property.CONFIGURATION,
                    metadata.matching(WebhookAdapter.CONFIGURATION_FIELD, VERSION));
        }
        follow(status);
        MessageObject card = data.child("card");
        if (card != null) {
            String issuer = card.words("issuer");
            out.describe(Property.ISSUER, issuer.isEmpty() ? null : issuer);
            out.describe(Property.INSTRUMENT, card.matching("fingerprint", VERSION));
            out.describe(Property.NETWORK, card.matching("network", NETWORK));
            out.describe(Property.ISSUER_COUNTRY, card.country("country"));
        }
    }

    private void follow(PaymentStatus status) throws MalformedMessageException {
        Instant expires = data.optionalInstant("expiresAt");
        if (status == PaymentStatus.AUTHORISED && expires != null) {
            out.add(new HoldExpires(id, expires));
        }
        if (data.has("authentication")) {
            out.add(
                    new Authenticated(
                            id, data.word("authentication", AuthenticationOutcome.NAMES)));
        }
    }

    private void captureReversed() throws MalformedMessageException {
        out.about(data.requiredPlainId("authorization"));
        out.names(id);
        out.add(new CaptureUndone(id, amount(data)));
    }

    private void captured() throws MalformedMessageException {
        String authorization = data.requiredPlainId("authorization");
        out.about(authorization);
        out.names(id);
        boolean more = data.isFalse("final");
        PaymentStatus status = more ? PaymentStatus.PARTIALLY_CAPTURED : PaymentStatus.CAPTURED;
        out.add(new StatusReported(authorization, status));
        out.add(new Captured(id, amount()));
    }

    private void refund(RefundStatus status) throws MalformedMessageException {
        String authorization = data.plainId("authorization");
        String capture = data.plainId("capture");
        if (authorization != null) {
            out.about(authorization);
        } else if (capture != null) {
            out.aboutPaymentOf(capture);
        } else {
            throw data.missing("authorization and capture");
        }
        out.names(id);
        out.names(capture);
        out.add(new Refunded(id, amount(), status));
    }

    private Money amount() throws MalformedMessageException {
        return amount(data);
    }

    /** The amount of an object. */
    static Money amount(MessageObject data) throws MalformedMessageException {
        MessageObject amount = data.requiredChild("amount");
        String currency = amount.text("currency");
        if (currency == null) {
            throw amount.missing("currency");
        }
        if (!(amount.value("value") instanceof Whole(long value))) {
            throw amount.bad("value", "not a whole number");
        }
        return MinorUnits.ISO.money(value, currency, "data.amount.value");
    }
}
