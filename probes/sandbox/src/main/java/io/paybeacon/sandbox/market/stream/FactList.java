package io.paybeacon.sandbox.market.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.paybeacon.sandbox.market.generate.Course.Authentication;
import io.paybeacon.sandbox.market.generate.Happening;
import io.paybeacon.sandbox.market.generate.Payer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * The facts about a payment that a message carries.
 *
 * @param atMillis when it happened, epoch milliseconds
 */
record FactList(JsonGenerator json, long atMillis) {
    /** After which the networks let a hold of a card run out. */
    private static final Duration HOLD = Duration.ofDays(7);

    private static final String HELD = "hold";

    void write(Happening.CallFailed failed) throws IOException {
        status("unknown");
        described("merchant_reference", failed.order());
    }

    void write(Happening.OfPayment happening) throws IOException {
        switch (happening) {
            case Happening.PaymentCreated created -> created(created);
            case Happening.ActionRequired _ -> {
                status("action_required");
                authenticated("challenge_requested");
            }
            case Happening.Authenticated authenticated ->
                    authenticated(
                            authenticated.how() == Authentication.CHALLENGE
                                    ? "challenge_passed"
                                    : "frictionless");
            case Happening.PaymentPending _ -> status("processing");
            case Happening.Authorised held -> {
                moved("authorised", HELD, held.amountMinor(), held.currency());
                begin("hold_expires");
                json.writeStringField("operation", HELD);
                json.writeStringField("at", Instant.ofEpochMilli(atMillis).plus(HOLD).toString());
                json.writeEndObject();
                status("authorised");
            }
            case Happening.Declined declined -> {
                status("failed");
                begin("declined");
                json.writeStringField("cause", declined.reason().label());
                json.writeEndObject();
            }
            case Happening.Captured captured -> {
                moved(
                        "captured",
                        captured.operation(),
                        captured.amountMinor(),
                        captured.currency());
                status(captured.last() ? "captured" : "partially_captured");
            }
            case Happening.CaptureUndone undone ->
                    moved(
                            "capture_undone",
                            undone.operation(),
                            undone.amountMinor(),
                            undone.currency());
            case Happening.Voided _ -> status("cancelled");
            case Happening.Expired _ -> status("expired");
            case Happening.RefundCreated refund ->
                    refunded(refund.refund(), refund.amountMinor(), refund.currency(), "pending");
            case Happening.RefundEnded refund ->
                    refunded(
                            refund.refund(),
                            refund.amountMinor(),
                            refund.currency(),
                            refund.succeeded() ? "succeeded" : "failed");
            case Happening.FraudWarned _,
                    Happening.DisputeOpened _,
                    Happening.DisputeClosed _,
                    Happening.FeeCharged _ ->
                    throw new IllegalArgumentException("a message of its own: " + happening);
        }
    }

    private void created(Happening.PaymentCreated created) throws IOException {
        begin("requested");
        json.writeFieldName("amount");
        money(json, created.amountMinor(), created.currency());
        json.writeEndObject();
        status("created");
        Payer payer = created.payer();
        described("merchant_reference", created.order());
        described("method", payer.method());
        if (payer.card()) {
            described("network", payer.network());
        }
        described("issuer", payer.issuer());
        described("issuer_country", payer.country());
    }

    private void begin(String fact) throws IOException {
        json.writeStartObject();
        json.writeStringField("fact", fact);
    }

    private void status(String status) throws IOException {
        begin("status");
        json.writeStringField("status", status);
        json.writeEndObject();
    }

    private void authenticated(String outcome) throws IOException {
        begin("authenticated");
        json.writeStringField("outcome", outcome);
        json.writeEndObject();
    }

    private void described(String property, String value) throws IOException {
        begin("described");
        json.writeStringField("property", property);
        json.writeStringField("value", value);
        json.writeEndObject();
    }

    private void moved(String fact, String operation, long minor, String currency)
            throws IOException {
        begin(fact);
        json.writeStringField("operation", operation);
        json.writeFieldName("amount");
        money(json, minor, currency);
        json.writeEndObject();
    }

    private void refunded(String refund, long minor, String currency, String status)
            throws IOException {
        begin("refunded");
        json.writeStringField("refund", refund);
        json.writeFieldName("amount");
        money(json, minor, currency);
        json.writeStringField("status", status);
        json.writeEndObject();
    }

    static void money(JsonGenerator json, long minor, String currency) throws IOException {
        json.writeStartObject();
        json.writeNumberField("minorUnits", minor);
        json.writeStringField("currency", currency);
        json.writeEndObject();
    }
}
