package io.paybeacon.gateways.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.event.DeclineCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclineTableTest {
    @ParameterizedTest
    @CsvSource({
        "03, 03",
        "'03: Do not try again', 03",
        "' 21 ', 21",
        "do_not_try_again, do_not_try_again",
        "4242424242424242, ''",
        "'', ''",
        "03x, ''"
    })
    void advice_is_two_digits_or_a_word(String given, String advice) {
        assertThat(DeclineTable.advice(null, given)).isEqualTo(advice);
    }

    @Test
    void a_code_means_one_thing() {
        assertThat(DeclineTable.of("revoked: R0 R1").cause("R1")).isEqualTo(DeclineCause.REVOKED);
        assertThat(DeclineTable.of("revoked: R0").cause("R9")).isEqualTo(DeclineCause.UNKNOWN);
        assertThatThrownBy(() -> DeclineTable.of("revoked: R0\ninvalid_pin: R0"))
                .hasMessageContaining("listed twice: R0");
        assertThatThrownBy(() -> DeclineTable.of("no_such: R0"))
                .hasMessageContaining("no such cause");
    }
}
