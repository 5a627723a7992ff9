package io.paybeacon.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.StripeClient;
import io.paybeacon.sandbox.StripeClient.Reply;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations over HTTP against a model of four numbers a payment. The model says whether
 * each operation is allowed; gateway and model must agree on that and on the money.
 */
class LedgerModelTest {
    private static final int OPERATIONS = 250;

    private enum State {
        NEW,
        HELD,
        TAKEN,
        ENDED
    }

    private static final class Payment {
        private String id;
        private State state = State.NEW;
        private long asked;
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
        try (Sandbox sandbox = Sandbox.start(StripeClient.options().withSeed(seed))) {
            StripeClient stripe = new StripeClient(sandbox);
            for (int i = 0; i < OPERATIONS; i++) {
                if (payments.isEmpty() || random.nextInt(4) == 0) {
                    payments.add(create(stripe, random));
                } else {
                    step(stripe, random, payments.get(random.nextInt(payments.size())), seed);
                }
            }
            LedgerSnapshot ledger = sandbox.ledger();
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
            LedgerSnapshot.Balance sum = ledger.balances().get("zar");
            assertThat(sum.authorisedMinor())
                    .as("seed %d", seed)
                    .isEqualTo(sum.heldMinor() + sum.capturedMinor() + sum.releasedMinor());
            assertThat(sum.capturedMinor())
                    .isEqualTo(payments.stream().mapToLong(p -> p.captured).sum());
        }
    }

    private static Payment create(StripeClient stripe, SplittableRandom random) throws IOException {
        Payment payment = new Payment();
        payment.asked = random.nextLong(10, 5_000);
        payment.id =
                stripe.post(
                                "/v1/payment_intents",
                                "amount",
                                Long.toString(payment.asked),
                                "currency",
                                "zar",
                                "capture_method",
                                random.nextBoolean() ? "manual" : "automatic")
                        .id();
        return payment;
    }

    private static void step(StripeClient stripe, SplittableRandom random, Payment p, long seed)
            throws IOException {
        String path = "/v1/payment_intents/" + p.id;
        long amount = random.nextLong(1, 5_000);
        String minor = Long.toString(amount);
        switch (random.nextInt(4)) {
            case 0 -> confirm(stripe, random, p, path, seed);
            case 1 -> {
                boolean allowed = p.state == State.HELD && amount <= p.held;
                Reply reply = stripe.post(path + "/capture", "amount_to_capture", minor);
                agree(reply, allowed, seed, "capture");
                if (allowed) {
                    p.released += p.held - amount;
                    p.captured = amount;
                    p.held = 0;
                    p.state = State.TAKEN;
                }
            }
            case 2 -> {
                boolean allowed = p.state == State.NEW || p.state == State.HELD;
                agree(stripe.post(path + "/cancel"), allowed, seed, "cancel");
                if (allowed) {
                    p.released += p.held;
                    p.held = 0;
                    p.state = State.ENDED;
                }
            }
            default -> {
                boolean allowed = p.state == State.TAKEN && amount <= p.captured - p.refunded;
                Reply reply = stripe.post("/v1/refunds", "payment_intent", p.id, "amount", minor);
                agree(reply, allowed, seed, "refund");
                p.refunded += allowed ? amount : 0;
            }
        }
    }

    private static void confirm(
            StripeClient stripe, SplittableRandom random, Payment p, String path, long seed)
            throws IOException {
        boolean approves = random.nextInt(3) > 0;
        String card = approves ? "pm_card_visa" : "pm_card_visa_chargeDeclined";
        Reply reply = stripe.post(path + "/confirm", "payment_method", card);
        boolean allowed = p.state == State.NEW && approves;
        agree(reply, allowed, seed, "confirm");
        if (allowed && reply.body().getString("status").equals("requires_capture")) {
            p.held = p.asked;
            p.state = State.HELD;
        } else if (allowed) {
            p.captured = p.asked;
            p.state = State.TAKEN;
        }
    }

    private static void agree(Reply reply, boolean allowed, long seed, String operation) {
        assertThat(reply.status() == 200)
                .as("seed %d: %s answered %s", seed, operation, reply.text())
                .isEqualTo(allowed);
    }
}
