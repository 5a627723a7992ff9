package io.paybeacon.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact money. */
class MoneyTest {
    @ParameterizedTest
    @CsvSource({
        "1099, usd, 10.99 USD",
        "-5, ZAR, -0.05 ZAR",
        "500, JPY, 500 JPY",
        "1234, KWD, 1.234 KWD",
        "0, EUR, 0.00 EUR",
        "9223372036854775807, KWD, 9223372036854775.807 KWD",
        "-9223372036854775808, JPY, -9223372036854775808 JPY"
    })
    void text(long minorUnits, String code, String text) {
        assertThat(Money.of(minorUnits, code)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "US", "USDX", "U$D", "ABC", "💶"})
    void a_code_that_is_no_currency_is_refused(String code) {
        assertThatThrownBy(() -> Money.of(1, code)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sums_never_wrap_and_never_mix() {
        Money most = Money.of(Long.MAX_VALUE, "USD");
        Money one = Money.of(1, "USD");

        assertThatThrownBy(() -> most.plus(one)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of(Long.MIN_VALUE, "USD").minus(one))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> one.plus(Money.of(1, "ZAR")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot combine USD with ZAR");
        assertThatThrownBy(() -> one.max(Money.of(1, "ZAR")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "1000000000000000, true",
        "1000000000000001, false",
        "-1, false",
        "9223372036854775807, false",
        "-9223372036854775808, false"
    })
    void plausible(long minorUnits, boolean plausible) {
        assertThat(Money.of(minorUnits, "USD").isPlausible()).isEqualTo(plausible);
    }

    @Test
    @DisplayName("Amounts keep currencies apart, in one order, and hold no zeros")
    void amounts() {
        Amounts some =
                Amounts.sum(
                        List.of(
                                Money.of(5, "ZAR"),
                                Money.of(3, "EUR"),
                                Money.of(7, "EUR"),
                                Money.of(0, "JPY")));

        assertThat(some.entries()).containsExactly(Money.of(10, "EUR"), Money.of(5, "ZAR"));
        assertThat(some.in(Currency.getInstance("JPY"))).isEqualTo(Money.of(0, "JPY"));
        assertThat(some.minus(some)).isEqualTo(Amounts.NONE);
        assertThat(some.minus(Amounts.sum(List.of(Money.of(11, "EUR")))).entries())
                .containsExactly(Money.of(-1, "EUR"), Money.of(5, "ZAR"));
        assertThatThrownBy(() -> new Amounts(List.of(Money.of(1, "EUR"), Money.of(2, "EUR"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("The larger of amounts is a join: either order, twice, in any grouping")
    void join() {
        Amounts a = Amounts.sum(List.of(Money.of(5, "ZAR"), Money.of(3, "EUR")));
        Amounts b = Amounts.sum(List.of(Money.of(4, "ZAR"), Money.of(9, "JPY")));
        Amounts c = Amounts.sum(List.of(Money.of(8, "EUR")));

        assertThat(a.max(b)).isEqualTo(b.max(a)).isEqualTo(a.max(b).max(b).max(a));
        assertThat(a.max(b).max(c)).isEqualTo(a.max(b.max(c)));
        assertThat(a.max(b).max(c).entries())
                .containsExactly(Money.of(8, "EUR"), Money.of(9, "JPY"), Money.of(5, "ZAR"));
    }
}
