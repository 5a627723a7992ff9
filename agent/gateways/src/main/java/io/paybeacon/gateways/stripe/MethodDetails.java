package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.PaymentFact.Authenticated;
import io.paybeacon.core.event.PaymentFact.HoldExpires;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.gateways.message.MalformedMessageException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code payment_method_details} of a charge: what it was paid with, what came of 3-D Secure. */
final class MethodDetails {
    private MethodDetails() {}

    /**
     * Adds them.
     *
     * @param methodToo whether the kind of method is not known from elsewhere
     */
    static void describe(StripeObject charge, boolean methodToo, StripeFacts out) {
        StripeObject details = charge.child("payment_method_details");
        String type = details == null ? null : details.word("type");
        if (details == null || type == null) {
            return;
        }
        if (methodToo) {
            out.describe(Property.METHOD, type);
        }
        StripeObject method = details.child(type);
        if (method != null) {
            String network = method.word("network");
            out.describe(Property.NETWORK, network != null ? network : method.word("brand"));
            out.describe(Property.ISSUER_COUNTRY, method.country("country"));
            String issuer = method.words("issuer");
            out.describe(Property.ISSUER, issuer.isEmpty() ? null : issuer);
            out.describe(Property.INSTRUMENT, method.matching("fingerprint", StripeObject.ID));
        }
    }

    /**
     * Adds when a hold ends, and what came of 3-D Secure.
     *
     * @param id of the charge
     * @param held whether the charge holds money
     */
    static void follow(StripeObject charge, String id, boolean held, StripeFacts out)
            throws MalformedMessageException {
        StripeObject details = charge.child("payment_method_details");
        String type = details == null ? null : details.word("type");
        StripeObject method = details == null || type == null ? null : details.child(type);
        if (method == null) {
            return;
        }
        Instant captureBefore = method.optionalInstant("capture_before");
        if (held && captureBefore != null) {
            out.add(new HoldExpires(id, captureBefore));
        }
        StripeObject secure = method.child("three_d_secure");
        AuthenticationOutcome outcome = secure == null ? null : outcome(secure);
        if (outcome != null) {
            out.add(new Authenticated(id, outcome));
        }
    }

    private static @Nullable AuthenticationOutcome outcome(StripeObject secure) {
        String result = Objects.requireNonNullElse(secure.text("result"), "");
        return switch (result) {
            case "authenticated" ->
                    "challenge".equals(secure.text("authentication_flow"))
                            ? AuthenticationOutcome.CHALLENGE_PASSED
                            : AuthenticationOutcome.FRICTIONLESS;
            case "attempt_acknowledged" -> AuthenticationOutcome.ATTEMPTED;
            case "exempted" -> AuthenticationOutcome.EXEMPTED;
            case "failed" -> AuthenticationOutcome.CHALLENGE_FAILED;
            case "processing_error" -> AuthenticationOutcome.UNAVAILABLE;
            // "not_supported": nobody asked, and nobody vouches.
            default -> null;
        };
    }
}
