package io.paybeacon.sandbox.adyen;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request for a payment that has been read and found in order.
 *
 * @param reference the merchant's own
 * @param amount what is asked for; zero verifies the card and holds nothing
 * @param card what is kept of the card
 * @param expiry as Adyen shows it, for example {@code 3/2030}
 * @param verdict what the issuer will say
 * @param rehearsal what a later modification shall do
 * @param capture when the money is taken
 * @param threeDs whether and how the shopper is authenticated
 * @param returnUrl where a redirect ends
 */
record PaymentRequest(
        String merchantAccount,
        String reference,
        Amount amount,
        Map<String, String> metadata,
        Card card,
        String expiry,
        Verdict verdict,
        Rehearsal rehearsal,
        Capture capture,
        ThreeDs threeDs,
        Optional<String> returnUrl) {
    private static final int REFERENCE_CHARS_MAX = 80;
    private static final Duration CAPTURE_DELAY_MAX = Duration.ofDays(28);

    /** The one expiry date that the documented test cards have. */
    private static final YearMonth TEST_EXPIRY = YearMonth.of(2030, 3);

    /** When the money of an authorised payment is taken. */
    sealed interface Capture {
        /** At once. */
        record Immediate() implements Capture {}

        /** When the merchant says so. */
        record Manual() implements Capture {}

        /** At that moment, unless the merchant was first. */
        record Delayed(Instant at) implements Capture {}
    }

    /** How the shopper is authenticated. */
    enum ThreeDs {
        /** Not at all. */
        NONE,
        /** On a page of Adyen's. */
        REDIRECT,
        /** In the merchant's own page. */
        NATIVE
    }

    /** A failure that a holder's name asks for. */
    enum Rehearsal {
        NONE,
        CAPTURE_FAILS,
        REFUND_FAILS
    }

    /**
     * Reads a request.
     *
     * @param now to tell expired cards
     * @throws AdyenRefusal when it is not in order
     */
    static PaymentRequest read(RequestBody body, String merchantAccount, Instant now) {
        Amount amount = body.amount();
        String reference = body.requiredText("reference", "130");
        if (reference.length() > REFERENCE_CHARS_MAX) {
            throw AdyenRefusal.validation(
                    "198", "Reference may not exceed " + REFERENCE_CHARS_MAX + " characters");
        }
        RequestBody method =
                body.object("paymentMethod")
                        .orElseThrow(() ->
                                AdyenRefusal.validation(
                                        "14_006",
                                        "Required object 'paymentMethod' is not provided."));
        if (!method.text("type").orElse("scheme").equals("scheme")) {
            throw AdyenRefusal.validation("905", "Payment details are not supported");
        }
        Card card = Card.of(clear(method, "encryptedCardNumber", "number", "101"));
        YearMonth expiry = expiry(method);
        String holderName = method.text("holderName").orElse("");
        Optional<RequestBody> additional = body.object("additionalData");
        Verdict verdict =
                trigger(holderName, additional)
                        .orElseGet(() -> ordinary(method, card, expiry, now));
        ThreeDs threeDs = threeDs(body, card);
        Optional<String> returnUrl = body.text("returnUrl").filter(PaymentRequest::isAbsolute);
        if (threeDs == ThreeDs.REDIRECT && returnUrl.isEmpty()) {
            throw AdyenRefusal.validation("158", "Required field 'returnUrl' is not provided.");
        }
        return new PaymentRequest(
                merchantAccount,
                reference,
                amount,
                body.metadata(),
                card,
                expiry.getMonthValue() + "/" + expiry.getYear(),
                verdict,
                rehearsal(holderName),
                capture(body, additional, now),
                threeDs,
                returnUrl);
    }

    /** The clear text of a card field: encrypted in the test form, or as it is. */
    private static String clear(
            RequestBody method, String encrypted, String plain, String errorCode) {
        Optional<String> cipher = method.text(encrypted);
        if (cipher.isPresent()) {
            String prefix = "test_";
            if (!cipher.get().startsWith(prefix)) {
                throw AdyenRefusal.validation("174", "Unable to decrypt data");
            }
            return cipher.get().substring(prefix.length());
        }
        return method.requiredText(plain, errorCode);
    }

    private static YearMonth expiry(RequestBody method) {
        String month = clear(method, "encryptedExpiryMonth", "expiryMonth", "129");
        String year = clear(method, "encryptedExpiryYear", "expiryYear", "129");
        if (!month.matches("0?[1-9]|1[0-2]") || !year.matches("20\\d\\d")) {
            throw AdyenRefusal.validation("129", "Expiry Date Invalid");
        }
        return YearMonth.of(Integer.parseInt(year), Integer.parseInt(month));
    }

    private static Optional<Verdict> trigger(String holderName, Optional<RequestBody> additional) {
        Optional<String> code =
                additional.flatMap(a -> a.text("RequestedTestAcquirerResponseCode"));
        int colon = holderName.indexOf(':');
        String name = (colon < 0 ? holderName : holderName.substring(0, colon)).strip();
        Optional<String> raw =
                colon < 0 ? Optional.empty() : Optional.of(holderName.substring(colon + 1).strip());
        return code.flatMap(c -> verdict(c, raw)).or(() -> verdict(name, raw));
    }

    private static Optional<Verdict> verdict(String trigger, Optional<String> raw) {
        return switch (trigger.toUpperCase(Locale.ROOT)) {
            case "1", "APPROVED" -> Optional.of(new Verdict.Approved());
            case "13", "PENDING" -> Optional.of(new Verdict.Pending());
            default ->
                    Refusal.ofTrigger(trigger)
                            .map(r -> new Verdict.Refused(r, raw.orElse(r.raw())));
        };
    }

    private static Verdict ordinary(RequestBody method, Card card, YearMonth expiry, Instant now) {
        Optional<String> code =
                method.text("encryptedSecurityCode").isPresent() || method.text("cvc").isPresent()
                        ? Optional.of(clear(method, "encryptedSecurityCode", "cvc", "103"))
                        : Optional.empty();
        if (code.filter(c -> !c.matches("\\d{" + card.securityCodeDigits() + "}")).isPresent()) {
            throw AdyenRefusal.validation("103", "CVC is not the right length");
        }
        if (expiry.isBefore(YearMonth.from(now.atZone(ZoneOffset.UTC)))) {
            return new Verdict.Refused(Refusal.CARD_EXPIRED);
        }
        if (code.filter(c -> !c.startsWith("737")).isPresent()) {
            return new Verdict.Refused(Refusal.CVC_DECLINED);
        }
        return expiry.equals(TEST_EXPIRY)
                ? new Verdict.Approved()
                : new Verdict.Refused(Refusal.DECLINED);
    }

    private static Rehearsal rehearsal(String holderName) {
        return switch (holderName.strip().toLowerCase(Locale.ROOT)) {
            case "capture failed" -> Rehearsal.CAPTURE_FAILS;
            case "refund failed" -> Rehearsal.REFUND_FAILS;
            default -> Rehearsal.NONE;
        };
    }

    private static Capture capture(
            RequestBody body, Optional<RequestBody> additional, Instant now) {
        if (additional.flatMap(a -> a.text("manualCapture")).orElse("").equals("true")) {
            return new Capture.Manual();
        }
        String hours = body.text("captureDelayHours").orElse("0");
        if (!hours.matches("\\d{1,4}")
                || Duration.ofHours(Long.parseLong(hours)).compareTo(CAPTURE_DELAY_MAX) > 0) {
            throw AdyenRefusal.validation("164", "Auto capture delay invalid or out of range");
        }
        Duration delay = Duration.ofHours(Long.parseLong(hours));
        return delay.isZero() ? new Capture.Immediate() : new Capture.Delayed(now.plus(delay));
    }

    private static ThreeDs threeDs(RequestBody body, Card card) {
        Optional<RequestBody> authentication = body.object("authenticationData");
        boolean never =
                authentication
                        .flatMap(a -> a.text("attemptAuthentication"))
                        .orElse("")
                        .equals("never");
        boolean shopperAbsent =
                body.text("shopperInteraction").orElse("Ecommerce").equals("ContAuth");
        if (never || shopperAbsent || card.enrolment() != Card.Enrolment.CHALLENGE) {
            return ThreeDs.NONE;
        }
        boolean inPage =
                authentication
                        .flatMap(a -> a.object("threeDSRequestData"))
                        .flatMap(d -> d.text("nativeThreeDS"))
                        .orElse("")
                        .equals("preferred");
        return inPage ? ThreeDs.NATIVE : ThreeDs.REDIRECT;
    }

    private static boolean isAbsolute(String url) {
        try {
            return new URI(url).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
