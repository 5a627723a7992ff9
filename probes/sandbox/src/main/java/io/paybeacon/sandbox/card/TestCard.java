package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.fault.CardFacts;
import java.util.List;
import java.util.Optional;

/**
 * A test card. Its number says how it behaves: {@code 999999 N II B RR 000 C}, where
 *
 * <ul>
 *   <li>{@code 999999} is a range that ISO/IEC 7812 gives to no issuer,
 *   <li>{@code N} is the network: 0 visa, 1 mastercard, 2 amex, 3 discover, 4 jcb,
 *   <li>{@code II} is the issuer, see {@link #ISSUERS},
 *   <li>{@code B} is 0 to approve, 1 to decline, 2 to ask for authentication first,
 *   <li>{@code RR} is the response code of a decline, 00 when there is none,
 *   <li>{@code C} is the check digit (ISO/IEC 7812-1 annex B).
 * </ul>
 *
 * The number itself is not kept, only its last four digits.
 */
record TestCard(CardFacts facts, String lastFour, Behaviour behaviour) {
    private static final String RANGE = "999999";
    private static final List<String> NETWORKS =
            List.of("visa", "mastercard", "amex", "discover", "jcb");

    private record Issuer(String name, String country) {}

    /** The sandbox's banks; none of them exists. */
    private static final List<Issuer> ISSUERS =
            List.of(
                    new Issuer("first-prairie", "US"),
                    new Issuer("harbour-trust", "US"),
                    new Issuer("kaap-bank", "ZA"),
                    new Issuer("nordelbe", "DE"),
                    new Issuer("severn-mutual", "GB"),
                    new Issuer("banque-ardoise", "FR"),
                    new Issuer("shinonome", "JP"),
                    new Issuer("banco-ipe", "BR"));

    /** What the issuer does with an authorisation. */
    sealed interface Behaviour {
        record Approve() implements Behaviour {}

        record Decline(ResponseCode code) implements Behaviour {}

        /** The cardholder must authenticate; then the issuer approves or declines. */
        record Challenge(Optional<ResponseCode> afterwards) implements Behaviour {}
    }

    /** The card of that number, if it is one of the test range with a right check digit. */
    static Optional<TestCard> of(String number) {
        if (!number.matches(RANGE + "\\d{10}") || !checks(number)) {
            return Optional.empty();
        }
        int network = digits(number, 6, 7);
        int issuer = digits(number, 7, 9);
        String code = number.substring(10, 12);
        if (network >= NETWORKS.size()
                || issuer >= ISSUERS.size()
                || !number.startsWith("000", 12)) {
            return Optional.empty();
        }
        Issuer bank = ISSUERS.get(issuer);
        CardFacts facts = new CardFacts(NETWORKS.get(network), bank.name(), bank.country());
        return behaviour(digits(number, 9, 10), code)
                .map(b -> new TestCard(facts, number.substring(12), b));
    }

    private static Optional<Behaviour> behaviour(int kind, String code) {
        boolean none = code.equals(ResponseCode.APPROVED.code());
        ResponseCode response = new ResponseCode(code);
        return switch (kind) {
            case 0 -> none ? Optional.of(new Behaviour.Approve()) : Optional.empty();
            case 1 -> none ? Optional.empty() : Optional.of(new Behaviour.Decline(response));
            case 2 ->
                    Optional.of(
                            new Behaviour.Challenge(
                                    none ? Optional.empty() : Optional.of(response)));
            default -> Optional.empty();
        };
    }

    private static int digits(String number, int from, int to) {
        return Integer.parseInt(number, from, to, 10);
    }

    /** Whether the last digit is the Luhn check digit of the others. */
    static boolean checks(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    /** What may be shown of it. */
    @Override
    public String toString() {
        return "TestCard[" + facts.network() + " ****" + lastFour + "]";
    }
}
