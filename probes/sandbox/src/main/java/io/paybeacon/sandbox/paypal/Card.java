package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.fault.CardFacts;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * A card as an order keeps it: never its number or security code.
 *
 * @param lastDigits the last four
 * @param expiry {@code 2030-12}
 * @param holder the name on it
 * @param declineCode with which the issuer will decline; empty when it approves
 * @param authentication where 3-D Secure stands
 */
record Card(
        CardFacts facts,
        String lastDigits,
        String expiry,
        Optional<String> holder,
        Optional<String> declineCode,
        Authentication authentication) {
    /** Where 3-D Secure stands. */
    enum Authentication {
        /** Nobody asked for it. */
        NONE,
        /** The cardholder has to act. */
        REQUIRED,
        /** The cardholder passed. */
        PASSED,
        /** The cardholder did not pass, and may try again. */
        FAILED;

        boolean outstanding() {
            return this == REQUIRED || this == FAILED;
        }
    }

    /** Whether PayPal leaves the payment undecided. */
    boolean pending() {
        return holder.filter(CardReader.PENDING_TRIGGER::equals).isPresent();
    }

    Card with(Authentication next) {
        return new Card(facts, lastDigits, expiry, holder, declineCode, next);
    }

    /** The object {@code payment_source.card} of an order. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        holder.ifPresent(name -> json.put("name", name));
        json.put("last_digits", lastDigits)
                .put("expiry", expiry)
                .put("brand", facts.network().toUpperCase(Locale.ROOT))
                .put("type", "CREDIT");
        switch (authentication) {
            case NONE, REQUIRED -> {}
            case PASSED -> json.put("authentication_result", result("POSSIBLE", "Y"));
            case FAILED -> json.put("authentication_result", result("NO", "N"));
        }
        return json;
    }

    private static JsonObject result(String liabilityShift, String status) {
        return new JsonObject()
                .put("liability_shift", liabilityShift)
                .put(
                        "three_d_secure",
                        new JsonObject()
                                .put("enrollment_status", "Y")
                                .put("authentication_status", status));
    }
}
