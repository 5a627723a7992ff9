package io.paybeacon.core.decline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.decline.Alternatives.Health;
import io.paybeacon.core.event.DeclineCause;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AlternativesTest {
    private static final List<Health> HEALTH =
            List.of(
                    new Health("stripe", "card", 1_000, 900, false),
                    new Health("adyen", "card", 1_000, 880, false),
                    new Health("adyen", "ideal", 200, 190, false),
                    new Health("paypal", "paypal", 500, 480, false),
                    new Health("stripe", "sepa_debit", 5, 0, false),
                    new Health("adyen", "klarna", 500, 100, false),
                    new Health("adyen", "blik", 500, 490, true));

    @Test
    @DisplayName("The card was refused: another method, the best first, the unproven last")
    void refused() {
        assertThat(ways(DeclineCause.CARD_RESTRICTED))
                .containsExactly("paypal paypal", "adyen ideal", "stripe sepa_debit");
    }

    @Test
    @DisplayName("The gateway broke: the same card through another one first")
    void broke() {
        assertThat(ways(DeclineCause.PROCESSOR_ERROR))
                .containsExactly("adyen card", "paypal paypal", "adyen ideal", "stripe sepa_debit");
    }

    @Test
    void no_other_way_is_none() {
        assertThat(
                        Alternatives.of(
                                DeclineCause.DO_NOT_HONOR,
                                "stripe",
                                "card",
                                List.of(HEALTH.getFirst())))
                .isEmpty();
    }

    @Test
    void a_share_is_a_share() {
        assertThat(new Health("g", "m", 3, 2, false).approvedPpm()).isEqualTo(666_666);
        assertThat(new Health("g", "m", 0, 0, false).approvedPpm()).isZero();
        assertThatThrownBy(() -> new Health("g", "m", 1, 2, false))
                .hasMessage("approved is not from 0 to 1: 2");
    }

    private static List<String> ways(DeclineCause cause) {
        return Alternatives.of(cause, "stripe", "card", HEALTH).stream()
                .map(way -> way.gateway() + " " + way.method())
                .toList();
    }
}
