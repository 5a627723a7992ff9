package io.paybeacon.sandbox.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.GatewayClient;
import io.paybeacon.sandbox.GatewayClient.Reply;
import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations over HTTP against a model of four numbers an authorisation. The model says
 * whether each operation is allowed; processor and model must agree on that and on the money.
 */
class CardLedgerModelTest {
    private static final int OPERATIONS = 300;

    private static final class Payment {
        private String id = "";
        private long held;
        private long captured;
        private long refunded;
        private long released;
        private final List<Taken> taken = new ArrayList<>();
    }

    private static final class Taken {
        private final String id;
        private long left;

        Taken(String id, long left) {
            this.id = id;
            this.left = left;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20261122})
    void randomOperations_agreeWithTheModel(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Payment> payments = new ArrayList<>();
        SandboxOptions options =
                SandboxOptions.defaults().withSeed(seed).withGateways(Set.of(GatewayKind.CARD));
        try (Sandbox sandbox = Sandbox.start(options)) {
            GatewayClient card = Cards.client(sandbox);
            for (int i = 0; i < OPERATIONS; i++) {
                if (payments.isEmpty() || random.nextInt(4) == 0) {
                    payments.add(authorize(card, random));
                } else {
                    step(card, random, payments.get(random.nextInt(payments.size())), seed);
                }
            }
            LedgerSnapshot ledger = sandbox.gateway(GatewayKind.CARD).ledger();
            for (Payment p : payments) {
                LedgerEntry entry = ledger.payment(p.id).orElseThrow();
                assertThat(
                                List.of(
                                        entry.heldMinor(),
                                        entry.capturedMinor(),
                                        entry.refundedMinor(),
                                        entry.releasedMinor()))
                        .as("seed %d, payment %s", seed, p.id)
                        .containsExactly(p.held, p.captured, p.refunded, p.released);
            }
            LedgerSnapshot.Balance sum = ledger.balances().get("EUR");
            assertThat(sum.authorisedMinor())
                    .as("seed %d", seed)
                    .isEqualTo(sum.heldMinor() + sum.capturedMinor() + sum.releasedMinor());
            assertThat(sum.refundedMinor())
                    .as("seed %d", seed)
                    .isEqualTo(payments.stream().mapToLong(p -> p.refunded).sum());
        }
    }

    private static Payment authorize(GatewayClient card, SplittableRandom random)
            throws IOException {
        Payment payment = new Payment();
        long asked = random.nextLong(10, 5_000);
        boolean approves = random.nextInt(4) > 0;
        String number = approves ? Cards.APPROVING : Cards.declining("05");
        payment.id = card.post("/v1/authorizations", Cards.authorization(asked, number)).id();
        payment.held = approves ? asked : 0;
        return payment;
    }

    private static void step(GatewayClient card, SplittableRandom random, Payment p, long seed)
            throws IOException {
        String path = "/v1/authorizations/" + p.id;
        long amount = random.nextLong(1, 3_000);
        switch (random.nextInt(5)) {
            case 0 -> {
                boolean allowed = p.held > 0;
                agree(card.post(path + "/voids"), allowed, seed, "void");
                p.released += p.held;
                p.held = 0;
            }
            case 1, 2 -> {
                boolean allowed = p.held > 0 && amount <= p.held;
                Reply reply = card.post(path + "/captures", Cards.amount(amount));
                agree(reply, allowed, seed, "capture");
                if (allowed) {
                    p.held -= amount;
                    p.captured += amount;
                    p.taken.add(new Taken(reply.id(), amount));
                }
            }
            default -> {
                if (p.taken.isEmpty()) {
                    return;
                }
                Taken taken = p.taken.get(random.nextInt(p.taken.size()));
                boolean allowed = amount <= taken.left;
                String refunds = "/v1/captures/" + taken.id + "/refunds";
                agree(card.post(refunds, Cards.amount(amount)), allowed, seed, "refund");
                taken.left -= allowed ? amount : 0;
                p.refunded += allowed ? amount : 0;
            }
        }
    }

    private static void agree(Reply reply, boolean allowed, long seed, String operation) {
        assertThat(reply.status() == 201)
                .as("seed %d: %s answered %s", seed, operation, reply.text())
                .isEqualTo(allowed);
    }
}
