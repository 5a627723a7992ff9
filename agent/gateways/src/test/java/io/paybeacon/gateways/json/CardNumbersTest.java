package io.paybeacon.gateways.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardNumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4242424242424242|[card]",
                "4242 4242 4242 4242|[card]",
                "4242-4242-4242-4242|[card]",
                "4242.4242/4242_4242|[card]",
                "4242*4242;4242 = 4242|[card]",
                "card 4242 4242 4242 4242 of Ann|card [card] of Ann",
                "order-7-4242424242424242-x|order-7-[card]-x",
                "a4242424242424242b|a[card]b",
                "5555555555554444 and 2223003122003222|[card] and [card]",
                "378282246310005|[card]",
                "30569309025904|[card]",
                "3530111333300000|[card]",
                "6011111111111117|[card]",
                "6200000000000005|[card]",
                "6759649826438453|[card]",
                "4222222222222|[card]",
                "12 4242424242424242|12 [card]",
            })
    void a_card_number_is_masked(String text, String masked) {
        assertThat(CardNumbers.masked(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4242424242424241", // the check digit is wrong
                "8816178952380553", // a reference of sixteen digits
                "9999999999999995", // of no network
                "1795341600000", // a time in milliseconds
                "42424242424242424242", // twenty digits
                "4242 4242 42",
                "pi_3MtwBwLkdIwHu7ix28a3tqPa",
                "2026-11-22T12:00:00.000Z",
                "550e8400-e29b-41d4-a716-446655440000",
                ""
            })
    void what_is_none_stays(String text) {
        assertThat(CardNumbers.masked(text)).isSameAs(text);
    }

    @Test
    void digits_of_other_scripts_are_digits() {
        String wide = "\uff14242\u20094242\u20094242\u20094242";
        assertThat(CardNumbers.masked(wide)).isEqualTo(CardNumbers.MASK);
    }

    @ParameterizedTest
    @CsvSource({
        "4242424242424242, true", "378282246310005, true", "1099, false", "0, false",
        "-4242424242424242, true", "-9223372036854775808, false", "1000000000000000, false",
                "1795341600000, false"
    })
    void a_number_can_be_one_too(long number, boolean card) {
        assertThat(CardNumbers.isCard(number)).isEqualTo(card);
    }

    @Test
    @DisplayName("Of references in Adyen's form fewer than one in a thousand is taken for a card")
    void references() {
        long seed = 1_123;
        Random random = new Random(seed);
        int masked = 0;
        for (int i = 0; i < 100_000; i++) {
            String reference = i % 2 == 0 ? "88" + digits(random, 14) : alphanumeric(random, 16);
            masked += CardNumbers.masked(reference).equals(reference) ? 0 : 1;
        }
        assertThat(masked).as("seed %d", seed).isLessThan(100);
    }

    private static String digits(Random random, int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(random.nextInt(10));
        }
        return out.toString();
    }

    private static String alphanumeric(Random random, int count) {
        String letters = "BCDFGHJKLMNPQRSTVWXZ0123456789";
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(letters.charAt(random.nextInt(letters.length())));
        }
        return out.toString();
    }
}
