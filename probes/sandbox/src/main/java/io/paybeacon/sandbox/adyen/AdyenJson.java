package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.adyen.Payment.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The documented JSON shapes of the answers (CheckoutService-v71). */
final class AdyenJson {
    private AdyenJson() {}

    /** The answer to a payment that the issuer approved, or has not decided yet. */
    static JsonObject decided(Payment payment) {
        JsonObject data = cardData(payment);
        payment.authCode().ifPresent(code -> data.put("authCode", code));
        return new JsonObject()
                .put("additionalData", data)
                .put("pspReference", payment.pspReference())
                .put("resultCode", payment.state().wireName())
                .put("amount", payment.amount().toJson())
                .put("merchantReference", payment.request().reference());
    }

    /** The answer to a payment that did not get through. */
    static JsonObject refused(Payment payment, Verdict.Refused verdict) {
        JsonObject data = cardData(payment).put("refusalReasonRaw", verdict.raw());
        return new JsonObject()
                .put("additionalData", data)
                .put("pspReference", payment.pspReference())
                .put("refusalReason", verdict.refusal().reason())
                .put("resultCode", payment.state().wireName())
                .put("refusalReasonCode", verdict.refusal().code())
                .put("merchantReference", payment.request().reference());
    }

    /** The answer to a payment whose shopper has to do something first. */
    static JsonObject action(Payment payment, String baseUrl) {
        JsonObject action =
                payment.state() == State.REDIRECT_SHOPPER
                        ? redirect(payment, baseUrl)
                        : inPage(payment);
        return new JsonObject()
                .put("additionalData", cardData(payment))
                .put("pspReference", payment.pspReference())
                .put("resultCode", payment.state().wireName())
                .put("action", action)
                .put("merchantReference", payment.request().reference());
    }

    private static JsonObject redirect(Payment payment, String baseUrl) {
        return new JsonObject()
                .put("paymentMethodType", "scheme")
                .put(
                        "url",
                        baseUrl
                                + "/checkoutshopper/threeDS/redirect?MD="
                                + ShopperToken.of(payment.pspReference()))
                .put("method", "GET")
                .put("type", "redirect");
    }

    private static JsonObject inPage(Payment payment) {
        boolean fingerprint = payment.state() == State.IDENTIFY_SHOPPER;
        String token =
                new JsonObject()
                        .put("threeDSMessageVersion", "2.2.0")
                        .put("threeDSServerTransID", ShopperToken.of(payment.pspReference()))
                        .encode();
        return new JsonObject()
                .put("paymentData", ShopperToken.of(payment.pspReference() + "/data"))
                .put("paymentMethodType", "scheme")
                .put("authorisationToken", ShopperToken.of(payment.pspReference()))
                .put("subtype", fingerprint ? "fingerprint" : "challenge")
                .put(
                        "token",
                        Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)))
                .put("type", "threeDS2");
    }

    private static JsonObject cardData(Payment payment) {
        Card card = payment.request().card();
        return new JsonObject()
                .put("cardBin", card.bin())
                .put("cardIssuingCountry", card.country())
                .put("cardPaymentMethod", card.brand())
                .put("cardSummary", card.last4())
                .put("expiryDate", payment.request().expiry())
                .put("paymentMethod", card.brand());
    }

    /** The answer to a modification; what became of it comes by webhook. */
    static JsonObject received(ModificationRequest request, String pspReference) {
        JsonObject answer = new JsonObject().put("merchantAccount", request.merchantAccount());
        switch (request.target()) {
            case ModificationRequest.Target.ByPsp(String payment) ->
                    answer.put("paymentPspReference", payment);
            case ModificationRequest.Target.ByReference(String reference) ->
                    answer.put("paymentReference", reference);
        }
        request.reference().ifPresent(r -> answer.put("reference", r));
        answer.put("pspReference", pspReference).put("status", "received");
        request.amount().ifPresent(a -> answer.put("amount", a.toJson()));
        return answer;
    }

    /** What can be paid with. */
    static JsonObject paymentMethods() {
        JsonObject cards =
                new JsonObject()
                        .put("brands", new JsonArray(List.of("visa", "mc", "amex", "discover")))
                        .put("name", "Cards")
                        .put("type", "scheme");
        return new JsonObject().put("paymentMethods", new JsonArray().add(cards));
    }
}
