package io.paybeacon.core.decline;

import io.paybeacon.core.event.DeclineCause;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a network says of a next try by a code of its own: a response code (ISO 8583, field 39) or a
 * merchant advice code. It outranks what the cause says.
 *
 * @param network as payments name it in their property {@code network}; empty for a word of a
 *     gateway that holds for every network
 * @param kind which of the two codes
 * @param code the code
 * @param cause what a response code means: a gateway's own number that looks the same, as those of
 *     Adyen's refusal reasons do, means something else; null for advice
 * @param retry what it says
 * @param waits how long to wait before; zero where the code does not say
 * @param from the first day that it holds
 * @param until the last day that it holds; null while it does
 * @param source where it is from
 */
public record NetworkRule(
        String network,
        Kind kind,
        String code,
        @Nullable DeclineCause cause,
        RetryClass retry,
        Duration waits,
        LocalDate from,
        @Nullable LocalDate until,
        String source) {
    private static final String VISA = "visa";
    private static final String MASTERCARD = "mastercard";
    private static final LocalDate ALWAYS = LocalDate.EPOCH;
    private static final String RETRIES =
            "support.checkout.com/hc/en-us/articles/25482040901394 (network rules on retries)";
    private static final String MAC =
            "support.peachpayments.com/support/solutions/articles/47001248617 (advice codes)";
    private static final String CATEGORY_1 = "Visa, category 1 of the excessive retries rule";
    private static final String STRIPE = "docs.stripe.com/declines/codes (advice codes)";

    /** The rules that are known. */
    public static final List<NetworkRule> ALL =
            List.of(
                    never("04", DeclineCause.LOST_OR_STOLEN, null, RETRIES),
                    never("07", DeclineCause.LOST_OR_STOLEN, null, RETRIES),
                    never(
                            "15",
                            DeclineCause.INVALID_NUMBER,
                            LocalDate.parse("2025-04-12"),
                            RETRIES),
                    never("41", DeclineCause.LOST_OR_STOLEN, null, RETRIES),
                    never("43", DeclineCause.LOST_OR_STOLEN, null, RETRIES),
                    never("46", DeclineCause.ACCOUNT_CLOSED, null, RETRIES),
                    never("R0", DeclineCause.REVOKED, null, CATEGORY_1),
                    never("R1", DeclineCause.REVOKED, null, CATEGORY_1),
                    never("R3", DeclineCause.REVOKED, null, CATEGORY_1),
                    advice("01", RetryClass.AFTER_FIX, Duration.ZERO),
                    advice("02", RetryClass.LATER, Duration.ofHours(72)),
                    advice("03", RetryClass.NEVER, Duration.ZERO),
                    advice("04", RetryClass.MERCHANT_FIX, Duration.ZERO),
                    advice("21", RetryClass.NEVER, Duration.ZERO),
                    advice("22", RetryClass.MERCHANT_FIX, Duration.ZERO),
                    advice("24", RetryClass.LATER, Duration.ofHours(1)),
                    advice("25", RetryClass.LATER, Duration.ofHours(24)),
                    advice("26", RetryClass.LATER, Duration.ofDays(2)),
                    advice("27", RetryClass.LATER, Duration.ofDays(4)),
                    advice("28", RetryClass.LATER, Duration.ofDays(6)),
                    advice("29", RetryClass.LATER, Duration.ofDays(8)),
                    advice("30", RetryClass.LATER, Duration.ofDays(10)),
                    advice("40", RetryClass.OTHER_METHOD, Duration.ZERO),
                    advice("41", RetryClass.OTHER_METHOD, Duration.ZERO),
                    advice("42", RetryClass.NEVER, Duration.ZERO),
                    advice("99", RetryClass.NEVER, Duration.ZERO),
                    word("do_not_try_again", RetryClass.NEVER),
                    word("try_again_later", RetryClass.LATER),
                    word("confirm_card_data", RetryClass.AFTER_FIX));

    /** Which code a rule is about. */
    public enum Kind {
        /** The response code of the authorisation. */
        RESPONSE,
        /** The advice beside it. */
        ADVICE
    }

    /** The rule for a code on a day; null when there is none. */
    public static @Nullable NetworkRule find(
            DeclineCause cause, String network, Kind kind, String code, LocalDate day) {
        for (NetworkRule rule : ALL) {
            if (rule.kind == kind
                    && (rule.cause == null || rule.cause == cause)
                    && rule.code.equals(code)
                    && (rule.network.isEmpty() || rule.network.equals(network))
                    && !day.isBefore(rule.from)
                    && (rule.until == null || !day.isAfter(rule.until))) {
                return rule;
            }
        }
        return null;
    }

    private static NetworkRule never(
            String code, DeclineCause cause, @Nullable LocalDate until, String source) {
        return new NetworkRule(
                VISA,
                Kind.RESPONSE,
                code,
                cause,
                RetryClass.NEVER,
                Duration.ZERO,
                ALWAYS,
                until,
                source);
    }

    private static NetworkRule advice(String code, RetryClass retry, Duration waits) {
        return new NetworkRule(
                MASTERCARD, Kind.ADVICE, code, null, retry, waits, ALWAYS, null, MAC);
    }

    private static NetworkRule word(String code, RetryClass retry) {
        return new NetworkRule(
                "", Kind.ADVICE, code, null, retry, Duration.ZERO, ALWAYS, null, STRIPE);
    }
}
