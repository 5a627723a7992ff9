package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.fault.CardFacts;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A test payment method: the documented {@code pm_card_...} names (docs.stripe.com/testing), and
 * the sandbox's own {@code pm_sandbox_BRAND_COUNTRY[_challenge|_processing][_declined_CODE]} for
 * countries and decline codes that have no documented name, for example {@code
 * pm_sandbox_visa_ZA_declined_do_not_honor}.
 */
record TestCard(String brand, String country, String funding, String last4, Behaviour behaviour) {
    /** What the issuer does with a payment attempt. */
    sealed interface Behaviour {
        record Approve() implements Behaviour {}

        record Decline(CardFailure failure) implements Behaviour {}

        /** The cardholder must authenticate; then the issuer approves or declines. */
        record Challenge(Optional<CardFailure> afterwards) implements Behaviour {}

        /** The outcome is known later. */
        record Processing(Optional<CardFailure> afterwards) implements Behaviour {}
    }

    private static final Pattern OWN =
            Pattern.compile(
                    "pm_sandbox_(visa|mastercard|amex|discover)_([A-Z]{2})"
                            + "(_challenge|_processing)?(?:_declined_([a-z][a-z_]{1,60}))?");

    private static final Map<String, TestCard> DOCUMENTED = documented();

    /** What faults choose by. */
    CardFacts facts() {
        return new CardFacts(brand, "", country);
    }

    /** The card of that payment method name, if it exists. */
    static Optional<TestCard> of(String paymentMethod) {
        TestCard documented = DOCUMENTED.get(paymentMethod);
        return documented == null ? own(paymentMethod) : Optional.of(documented);
    }

    private static Optional<TestCard> own(String name) {
        Matcher matcher = OWN.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<CardFailure> failure =
                Optional.ofNullable(matcher.group(4)).map(CardFailure::declined);
        String mode = Optional.ofNullable(matcher.group(3)).orElse("");
        Behaviour behaviour =
                switch (mode) {
                    case "_challenge" -> new Behaviour.Challenge(failure);
                    case "_processing" -> new Behaviour.Processing(failure);
                    default ->
                            failure.<Behaviour>map(Behaviour.Decline::new)
                                    .orElseGet(Behaviour.Approve::new);
                };
        return Optional.of(
                new TestCard(matcher.group(1), matcher.group(2), "credit", "4242", behaviour));
    }

    private static Map<String, TestCard> documented() {
        Map<String, TestCard> cards = new TreeMap<>();
        approving(cards, "visa", "visa", "US", "credit", "4242");
        approving(cards, "visa_debit", "visa", "US", "debit", "5556");
        approving(cards, "mastercard", "mastercard", "US", "credit", "4444");
        approving(cards, "mastercard_debit", "mastercard", "US", "debit", "8210");
        approving(cards, "mastercard_prepaid", "mastercard", "US", "prepaid", "5100");
        approving(cards, "amex", "amex", "US", "credit", "8431");
        approving(cards, "discover", "discover", "US", "credit", "9424");
        approving(cards, "diners", "diners", "US", "credit", "0004");
        approving(cards, "jcb", "jcb", "JP", "credit", "0505");
        approving(cards, "unionpay", "unionpay", "CN", "credit", "0005");
        approving(cards, "us", "visa", "US", "credit", "4242");
        approving(cards, "gb", "visa", "GB", "credit", "0003");
        approving(cards, "de", "visa", "DE", "credit", "0001");
        approving(cards, "fr", "visa", "FR", "credit", "0003");
        approving(cards, "jp", "visa", "JP", "credit", "0001");
        approving(cards, "threeDSecureOptional", "visa", "US", "credit", "3055");
        declining(cards, "visa_chargeDeclined", "generic_decline", "0002");
        declining(cards, "chargeDeclined", "generic_decline", "0002");
        declining(cards, "visa_chargeDeclinedInsufficientFunds", "insufficient_funds", "9995");
        declining(cards, "chargeDeclinedInsufficientFunds", "insufficient_funds", "9995");
        declining(cards, "visa_chargeDeclinedLostCard", "lost_card", "9987");
        declining(cards, "visa_chargeDeclinedStolenCard", "stolen_card", "9979");
        declining(cards, "chargeDeclinedExpiredCard", "expired_card", "0069");
        declining(cards, "chargeDeclinedIncorrectCvc", "incorrect_cvc", "0127");
        declining(cards, "chargeDeclinedProcessingError", "processing_error", "0119");
        declining(cards, "chargeDeclinedFraudulent", "fraudulent", "0019");
        declining(cards, "radarBlock", "fraudulent", "0019");
        declining(
                cards,
                "visa_chargeDeclinedVelocityLimitExceeded",
                "card_velocity_exceeded",
                "6975");
        challenging(cards, "authenticationRequired", Optional.empty(), "3184");
        challenging(cards, "threeDSecure2Required", Optional.empty(), "3220");
        challenging(cards, "threeDSecureRequired", Optional.empty(), "3063");
        challenging(
                cards,
                "threeDSecureRequiredChargeDeclined",
                Optional.of("generic_decline"),
                "1629");
        challenging(
                cards,
                "authenticationRequiredChargeDeclinedInsufficientFunds",
                Optional.of("insufficient_funds"),
                "8341");
        return cards;
    }

    private static void approving(
            Map<String, TestCard> cards,
            String name,
            String brand,
            String country,
            String funding,
            String last4) {
        cards.put(
                "pm_card_" + name,
                new TestCard(brand, country, funding, last4, new Behaviour.Approve()));
    }

    private static void declining(
            Map<String, TestCard> cards, String name, String declineCode, String last4) {
        Behaviour behaviour = new Behaviour.Decline(CardFailure.declined(declineCode));
        cards.put("pm_card_" + name, new TestCard("visa", "US", "credit", last4, behaviour));
    }

    private static void challenging(
            Map<String, TestCard> cards, String name, Optional<String> declineCode, String last4) {
        Behaviour behaviour = new Behaviour.Challenge(declineCode.map(CardFailure::declined));
        cards.put("pm_card_" + name, new TestCard("visa", "US", "credit", last4, behaviour));
    }
}
