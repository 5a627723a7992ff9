package io.paybeacon.sandbox.adyen;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.adyen.AdyenClient.Reply;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations over HTTP against a model of four numbers a payment. Every modification is
 * answered with {@code received}; the model says what it does to the money, if anything.
 */
class AdyenLedgerModelTest {
    private static final int OPERATIONS = 250;

    private static final class Payment {
        private String psp = "";
        private String reference = "";
        private long held;
        private long captured;
        private long refunded;
        private long released;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20261122})
    void randomOperations_agreeWithTheModel(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Payment> payments = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withSeed(seed))) {
            AdyenClient adyen = new AdyenClient(sandbox);
            for (int i = 0; i < OPERATIONS; i++) {
                if (payments.isEmpty() || random.nextInt(4) == 0) {
                    payments.add(pay(adyen, random, "r-" + i));
                } else {
                    step(adyen, random, payments.get(random.nextInt(payments.size())), seed);
                }
            }
            LedgerSnapshot ledger = sandbox.gateway(GatewayKind.ADYEN).ledger();
            for (Payment p : payments) {
                LedgerEntry entry = ledger.payment(p.psp).orElseThrow();
                assertThat(
                                List.of(
                                        entry.heldMinor(),
                                        entry.capturedMinor(),
                                        entry.refundedMinor(),
                                        entry.releasedMinor()))
                        .as("seed %d, payment %s", seed, p.psp)
                        .containsExactly(p.held, p.captured, p.refunded, p.released);
            }
            LedgerSnapshot.Balance sum = ledger.balances().get("EUR");
            assertThat(sum).as("seed %d", seed).isNotNull();
            assertThat(sum.authorisedMinor())
                    .as("seed %d", seed)
                    .isEqualTo(sum.heldMinor() + sum.capturedMinor() + sum.releasedMinor());
            assertThat(sum.capturedMinor())
                    .as("seed %d", seed)
                    .isEqualTo(payments.stream().mapToLong(p -> p.captured).sum());
            assertThat(sum.refundedMinor())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(sum.capturedMinor());
        }
    }

    private static Payment pay(AdyenClient adyen, SplittableRandom random, String reference)
            throws IOException {
        Payment payment = new Payment();
        long asked = random.nextLong(1, 5_000);
        boolean approved = random.nextInt(4) > 0;
        Reply reply =
                adyen.post(
                        "/v71/payments",
                        AdyenClient.held(
                                AdyenClient.payment(asked, reference),
                                approved ? "Probe" : "DECLINED"));
        payment.psp = reply.psp();
        payment.reference = reference;
        payment.held = approved ? asked : 0;
        return payment;
    }

    private static void step(AdyenClient adyen, SplittableRandom random, Payment p, long seed)
            throws IOException {
        long amount = random.nextLong(1, 5_000);
        Reply reply =
                switch (random.nextInt(5)) {
                    case 0 -> {
                        if (p.held > 0 && amount <= p.held) {
                            p.captured = amount;
                            p.released += p.held - amount;
                            p.held = 0;
                        }
                        yield adyen.capture(p.psp, amount);
                    }
                    case 1 -> {
                        p.refunded += amount <= p.captured - p.refunded ? amount : 0;
                        yield adyen.refund(p.psp, amount);
                    }
                    case 2 -> {
                        release(p);
                        yield adyen.cancel(p.psp);
                    }
                    case 3 -> {
                        release(p);
                        yield adyen.post(
                                "/v71/cancels",
                                AdyenClient.modification().put("paymentReference", p.reference));
                    }
                    default -> {
                        release(p);
                        p.refunded = p.captured;
                        yield adyen.reverse(p.psp);
                    }
                };
        assertThat(reply.status()).as("seed %d: %s", seed, reply.text()).isEqualTo(201);
    }

    private static void release(Payment p) {
        p.released += p.held;
        p.held = 0;
    }
}
