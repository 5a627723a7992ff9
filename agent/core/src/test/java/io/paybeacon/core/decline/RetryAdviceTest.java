package io.paybeacon.core.decline;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.DeclineCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAdviceTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // cause, network, code, advice, retry, automatic, reason
        "INSUFFICIENT_FUNDS, visa, 51, '', LATER, false, cause",
        "ISSUER_UNAVAILABLE, visa, 91, '', LATER, true, cause",
        "EXPIRED_CARD, visa, 54, '', AFTER_FIX, false, cause",
        "AUTHENTICATION_REQUIRED, visa, 1A, '', STEP_UP, false, cause",
        "SUSPECTED_FRAUD, visa, 59, '', NEVER, false, cause",
        "INVALID_AMOUNT, '', 13, '', MERCHANT_FIX, false, cause",
        "NOT_PERMITTED, visa, 57, '', OTHER_METHOD, false, cause",
        "LOST_OR_STOLEN, visa, 41, '', NEVER, false, network_code",
        "REVOKED, visa, R1, '', NEVER, false, network_code",
        // numbers of Adyen that look like codes of the network
        "AUTHENTICATION_REQUIRED, visa, 41, '', STEP_UP, false, cause",
        "CANCELLED_BY_CUSTOMER, visa, 15, '', AFTER_FIX, false, cause",
        "DO_NOT_HONOR, mastercard, 05, 03, NEVER, false, advice",
        "DO_NOT_HONOR, mastercard, 05, 21, NEVER, false, advice",
        "DO_NOT_HONOR, mastercard, 05, 42, NEVER, false, advice",
        "DO_NOT_HONOR, mastercard, 05, 99, NEVER, false, advice",
        "INSUFFICIENT_FUNDS, mastercard, 51, 24, LATER, true, advice",
        "DO_NOT_HONOR, mastercard, 05, 01, AFTER_FIX, false, advice",
        "DO_NOT_HONOR, mastercard, 05, 40, OTHER_METHOD, false, advice",
        // a code of Mastercard means nothing at Visa
        "DO_NOT_HONOR, visa, 05, 03, LATER, false, cause",
        "DO_NOT_HONOR, '', do_not_try_again, '', NEVER, false, advice",
        "DO_NOT_HONOR, '', generic_decline, try_again_later, LATER, true, advice",
        // no advice lifts what must never be tried
        "SUSPECTED_FRAUD, mastercard, 59, 24, NEVER, false, cause",
        "UNKNOWN, '', x, '', OTHER_METHOD, false, cause",
    })
    void one_refusal(
            DeclineCause cause,
            String network,
            String code,
            String advice,
            RetryClass retry,
            boolean automatic,
            String reason) {
        RetryAdvice given = RetryAdvice.of(cause, network, code, advice, List.of(NOW), NOW);

        assertThat(given.retry()).isEqualTo(retry);
        assertThat(given.automatic()).isEqualTo(automatic);
        assertThat(given.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"24, PT1H", "25, PT24H", "26, P2D", "27, P4D", "28, P6D", "29, P8D", "30, P10D"})
    void advice_of_mastercard_says_how_long_to_wait(String advice, Duration waits) {
        Instant refused = NOW.minus(Duration.ofMinutes(30));
        RetryAdvice given =
                RetryAdvice.of(
                        DeclineCause.DO_NOT_HONOR,
                        "mastercard",
                        "05",
                        advice,
                        List.of(refused),
                        NOW);

        assertThat(given.notBefore()).isEqualTo(refused.plus(waits));
    }

    @Test
    void a_wait_that_is_over_is_none() {
        List<Instant> tries = List.of(NOW.minus(Duration.ofHours(2)));

        assertThat(
                        RetryAdvice.of(
                                        DeclineCause.DO_NOT_HONOR,
                                        "mastercard",
                                        "05",
                                        "24",
                                        tries,
                                        NOW)
                                .notBefore())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-05-18T12:00:00Z, 14, 1",
        "2025-05-18T12:00:00Z, 15, 0",
        "2025-05-19T00:00:00Z, 15, 5",
        "2026-11-23T12:00:00Z, 19, 1",
        "2026-11-23T12:00:00Z, 20, 0",
    })
    @DisplayName("Visa: 15 tries in 30 days, and 20 from 2025-05-19")
    void visa(Instant at, int tries, int left) {
        RetryAdvice given = insufficientFunds("visa", hourly(at, tries), at);

        assertThat(given.triesLeft()).isEqualTo(left);
        assertThat(given.notBefore())
                .isEqualTo(
                        left == 0
                                ? at.minus(Duration.ofHours(tries)).plus(Duration.ofDays(30))
                                : null);
        assertThat(given.reason()).isEqualTo(left == 0 ? "network_limit" : "cause");
    }

    @Test
    @DisplayName("Mastercard: 10 tries in 24 hours, 35 in 30 days; the later of both counts")
    void mastercard() {
        List<Instant> tenToday = hourly(NOW, 10);
        List<Instant> before =
                IntStream.rangeClosed(2, 26).mapToObj(i -> NOW.minus(Duration.ofDays(i))).toList();

        assertThat(insufficientFunds("mastercard", tenToday, NOW).notBefore())
                .isEqualTo(NOW.minus(Duration.ofHours(10)).plus(Duration.ofHours(24)));
        assertThat(
                        insufficientFunds(
                                        "mastercard",
                                        Stream.concat(before.stream(), tenToday.stream()).toList(),
                                        NOW)
                                .notBefore())
                .isEqualTo(NOW.minus(Duration.ofDays(26)).plus(Duration.ofDays(30)));
    }

    @Test
    @DisplayName("More tries than the limit: as many have to leave the window")
    void over_the_limit() {
        assertThat(insufficientFunds("mastercard", hourly(NOW, 12), NOW).notBefore())
                .isEqualTo(NOW.minus(Duration.ofHours(10)).plus(Duration.ofHours(24)));
    }

    @ParameterizedTest
    @CsvSource({"2025-04-12T23:59:59Z, NEVER", "2025-04-13T00:00:00Z, AFTER_FIX"})
    void visa_15_was_never_to_be_tried_until_a_day(Instant at, RetryClass retry) {
        assertThat(
                        RetryAdvice.of(
                                        DeclineCause.INVALID_NUMBER,
                                        "visa",
                                        "15",
                                        "",
                                        List.of(at),
                                        at)
                                .retry())
                .isEqualTo(retry);
    }

    @Test
    void a_gateway_opens_a_blocked_card_after_a_day() {
        RetryAdvice given =
                RetryAdvice.of(DeclineCause.EXCESSIVE_RETRIES, "visa", "46", "", List.of(NOW), NOW);

        assertThat(given.retry()).isEqualTo(RetryClass.NEVER);
        assertThat(given.reason()).isEqualTo("gateway_block");
        assertThat(given.notBefore()).isEqualTo(NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void every_limit_and_rule_has_a_source() {
        assertThat(NetworkLimit.ALL).allSatisfy(it -> assertThat(it.source()).isNotBlank());
        assertThat(NetworkRule.ALL).allSatisfy(it -> assertThat(it.source()).isNotBlank());
    }

    private static RetryAdvice insufficientFunds(String network, List<Instant> tries, Instant at) {
        return RetryAdvice.of(DeclineCause.INSUFFICIENT_FUNDS, network, "51", "", tries, at);
    }

    /** So many tries, one an hour, the last an hour ago. */
    private static List<Instant> hourly(Instant at, int tries) {
        return IntStream.rangeClosed(1, tries)
                .mapToObj(i -> at.minus(Duration.ofHours(i)))
                .toList();
    }
}
