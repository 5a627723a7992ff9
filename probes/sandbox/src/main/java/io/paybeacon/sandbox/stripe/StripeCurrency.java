package io.paybeacon.sandbox.stripe;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A currency the sandbox accepts (docs.stripe.com/currencies).
 *
 * @param code lower-case ISO 4217 code, as the gateway writes it
 * @param exponent decimals of the minor unit
 * @param minimumMinor smallest charge
 * @param stepMinor amounts must be a multiple: 10 for three-decimal currencies, whose last digit
 *     the networks do not carry
 */
public record StripeCurrency(String code, int exponent, long minimumMinor, long stepMinor) {
    /** Largest amount: eight digits, as documented. */
    public static final long MAXIMUM_MINOR = 99_999_999;

    private static final Map<String, StripeCurrency> KNOWN =
            List.of(
                            new StripeCurrency("zar", 2, 1, 1),
                            new StripeCurrency("usd", 2, 50, 1),
                            new StripeCurrency("eur", 2, 50, 1),
                            new StripeCurrency("gbp", 2, 30, 1),
                            new StripeCurrency("jpy", 0, 50, 1),
                            new StripeCurrency("kwd", 3, 10, 10),
                            new StripeCurrency("bhd", 3, 10, 10))
                    .stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    StripeCurrency::code, Function.identity()));

    /** The currency of that code, in either case. */
    public static Optional<StripeCurrency> of(String code) {
        return Optional.ofNullable(KNOWN.get(code.toLowerCase(Locale.ROOT)));
    }

    /** All codes, sorted, for messages. */
    public static String codes() {
        return KNOWN.keySet().stream().sorted().collect(Collectors.joining(", "));
    }
}
