package io.paybeacon.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.gateways.message.DeclineTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclineCodesTest {
    @ParameterizedTest
    @CsvSource(
            value = {
                "insufficient_funds, card_declined, null, INSUFFICIENT_FUNDS, insufficient_funds",
                "null, expired_card, card_error, EXPIRED_CARD, expired_card",
                "try_again_later, card_declined, card_error, ISSUER_UNAVAILABLE, try_again_later",
                "null, processing_error, card_error, PROCESSOR_ERROR, processing_error",
                "null, null, api_error, PROCESSOR_ERROR, api_error",
                "null, amount_too_small, invalid_request_error, INVALID_AMOUNT, amount_too_small",
                "code_of_tomorrow, card_declined, card_error, DO_NOT_HONOR, code_of_tomorrow",
                "code_of_tomorrow, null, null, UNKNOWN, code_of_tomorrow",
                "null, null, null, UNKNOWN, unrecognised",
                "Not A Code, card_declined, null, DO_NOT_HONOR, card_declined",
            },
            nullValues = "null")
    void the_most_telling_code_is_recorded_and_the_first_known_one_decides(
            String first, String second, String third, DeclineCause cause, String code) {
        assertThat(DeclineCodes.declined("ch_1", "03", first, second, third))
                .isEqualTo(new Declined("ch_1", cause, code, "03"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4242424242424242",
                "a4242424242424242",
                "Your card was declined.",
                "a\nb",
                "a-very_long_code_0123456789_0123456789_0123456789_0123456789_01234",
            })
    void text_that_is_no_code_is_not_recorded(String text) {
        assertThat(DeclineCodes.declined("", "", text))
                .isEqualTo(new Declined("", DeclineCause.UNKNOWN, DeclineTable.UNRECOGNISED));
    }
}
