package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.fault.CardFacts;
import io.paybeacon.sandbox.paypal.Card.Authentication;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code payment_source.card}. As PayPal's own sandbox does, it takes any number that can be
 * a card's and lets the client choose the outcome: a rejection trigger as the name on the card
 * declines (developer.paypal.com/tools/sandbox/card-testing), verification {@code SCA_ALWAYS}
 * challenges, and so does {@code SCA_WHEN_REQUIRED} with the documented cards of an enrolled
 * cardholder (developer.paypal.com/docs/checkout/advanced/customize/3d-secure/test).
 */
final class CardReader {
    private static final String TRIGGER = "CCREJECT-";

    private static final Map<String, String> DECLINE_CODES =
            Map.of(
                    "CCREJECT-REFUSED", "0500",
                    "CCREJECT-SF", "9500",
                    "CCREJECT-EC", "5400",
                    "CCREJECT-IRC", "5180",
                    "CCREJECT-IF", "5120",
                    "CCREJECT-LS", "9520",
                    "CCREJECT-IA", "1330",
                    "CCREJECT-BANK_ERROR", "5100",
                    "CCREJECT-CVV_F", "00N7");

    /** The name on a card of which PayPal looks at the payment once more; of our own. */
    static final String PENDING_TRIGGER = "SANDBOX-PENDING";

    /** A trigger of our own, for every other code: {@code CCREJECT-CODE_5910}. */
    private static final Pattern OWN_TRIGGER = Pattern.compile("CCREJECT-CODE_([0-9A-Z]{4})");

    private static final Set<String> ENROLLED = Set.of("4868719460707704", "5329879786234393");

    private static final List<String> ISSUERS = List.of("first-prairie", "harbour-trust");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{13,19}");
    private static final Pattern EXPIRY = Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])");
    private static final Pattern SECURITY_CODE = Pattern.compile("[0-9]{3,4}");

    private CardReader() {}

    static Card read(RequestBody card, Instant now) {
        String number = card.requiredText("number", 19);
        String expiry = card.requiredText("expiry", 7);
        Optional<String> holder = card.text("name", 300);
        Optional<String> securityCode = card.text("security_code", 4);
        if (!NUMBER.matcher(number).matches()) {
            throw card.syntax("number");
        }
        if (!EXPIRY.matcher(expiry).matches()) {
            throw card.syntax("expiry");
        }
        if (securityCode.filter(c -> !SECURITY_CODE.matcher(c).matches()).isPresent()) {
            throw card.syntax("security_code");
        }
        if (!passesLuhn(number)) {
            throw PayPalRefusal.unprocessable(
                    Issue.at(card.pointer("number"), "VALIDATION_ERROR", "Invalid card number"));
        }
        YearMonth current = YearMonth.now(Clock.fixed(now, ZoneOffset.UTC));
        if (YearMonth.parse(expiry).isBefore(current)) {
            throw PayPalRefusal.unprocessable(
                    Issue.at(card.pointer("expiry"), "CARD_EXPIRED", "The card is expired."));
        }
        String country =
                card.object("billing_address")
                        .flatMap(address -> address.text("country_code", 2))
                        .orElse("US");
        return new Card(
                new CardFacts(network(number), issuer(number), country),
                number.substring(number.length() - 4),
                expiry,
                holder,
                holder.flatMap(CardReader::declineCode),
                challenges(card, number) ? Authentication.REQUIRED : Authentication.NONE);
    }

    private static Optional<String> declineCode(String holder) {
        if (!holder.startsWith(TRIGGER)) {
            return Optional.empty();
        }
        var own = OWN_TRIGGER.matcher(holder);
        return own.matches()
                ? Optional.of(own.group(1))
                : Optional.ofNullable(DECLINE_CODES.get(holder));
    }

    private static boolean challenges(RequestBody card, String number) {
        Optional<RequestBody> verification =
                card.object("attributes").flatMap(a -> a.object("verification"));
        if (verification.isEmpty()) {
            return false;
        }
        String method =
                verification
                        .get()
                        .word("method", "SCA_ALWAYS", "SCA_WHEN_REQUIRED", "3D_SECURE", "AVS_CVV")
                        .orElse("SCA_WHEN_REQUIRED");
        return switch (method) {
            case "SCA_ALWAYS", "3D_SECURE" -> true;
            case "SCA_WHEN_REQUIRED" -> ENROLLED.contains(number);
            default -> false;
        };
    }

    private static String network(String number) {
        return switch (number.charAt(0)) {
            case '3' -> number.startsWith("34") || number.startsWith("37") ? "amex" : "diners";
            case '4' -> "visa";
            case '2', '5' -> "mastercard";
            default -> number.startsWith("63") ? "maestro" : "discover";
        };
    }

    /** One of the sandbox's banks, always the same for the same first six digits. */
    private static String issuer(String number) {
        return ISSUERS.get(Integer.parseInt(number.substring(0, 6)) % ISSUERS.size());
    }

    private static boolean passesLuhn(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
