package io.paybeacon.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.api.Tamper;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.limit.Limits;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BooksTest {
    @Test
    void full_dropsTheOldestFinishedPaymentButKeepsItsMoneyInTheBalance() {
        StripeGateway gateway = new StripeGateway(1, InstantSource.system(), event -> {});
        String open = create(gateway, "pm_card_authenticationRequired");
        String finished = create(gateway, "pm_card_visa");
        String next = create(gateway, "pm_card_visa");
        for (int i = 3; i <= Limits.PAYMENTS_MAX; i++) {
            create(gateway, "pm_card_visa");
        }
        LedgerSnapshot ledger = gateway.ledger();
        assertThat(ledger.payments()).hasSize(Limits.PAYMENTS_MAX);
        assertThat(ledger.payment(open)).isPresent();
        assertThat(ledger.payment(finished)).isEmpty();
        assertThat(ledger.payment(next)).isPresent();
        assertThat(ledger.balances().get("zar").capturedMinor())
                .isEqualTo(100L * Limits.PAYMENTS_MAX);
    }

    private static String create(StripeGateway gateway, String card) {
        Form form = Form.parse("amount=100&currency=zar&confirm=true&payment_method=" + card);
        return gateway.execute(
                        StripeOperation.PAYMENT_INTENTS_CREATE,
                        Optional.empty(),
                        form,
                        "req_test",
                        Optional.empty(),
                        Tamper.NONE)
                .body()
                .getString("id");
    }
}
