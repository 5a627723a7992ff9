package io.paybeacon.sandbox.paypal;

import static io.paybeacon.sandbox.paypal.PayPalClient.card;
import static io.paybeacon.sandbox.paypal.PayPalClient.money;
import static io.paybeacon.sandbox.paypal.PayPalClient.order;
import static io.paybeacon.sandbox.paypal.PayPalClient.paidWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.paypal.PayPalClient.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations over HTTP against a model of a few numbers an order. The model says whether
 * each operation is allowed; gateway and model must agree on that and on the money. Some requests
 * are sent twice under one request id and must count once.
 */
class PayPalLedgerModelTest {
    private static final int OPERATIONS = 250;

    private static final class Taken {
        private String id;
        private long refundable;
    }

    private static final class Held {
        private String order;
        private String id;
        private boolean open;
        private long held;
        private long captured;
        private long refunded;
        private long released;
        private final List<Taken> taken = new ArrayList<>();
    }

    private final List<Held> all = new ArrayList<>();
    private SplittableRandom random = new SplittableRandom(0);
    private PayPalClient paypal;
    private long seed;
    private int request;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20261122})
    void randomOperations_agreeWithTheModel(long value) throws IOException {
        seed = value;
        random = new SplittableRandom(value);
        try (Sandbox sandbox = Sandbox.start(PayPalClient.options().withSeed(value))) {
            paypal = new PayPalClient(sandbox);
            for (int i = 0; i < OPERATIONS; i++) {
                if (all.isEmpty() || random.nextInt(5) == 0) {
                    create();
                } else {
                    step(all.get(random.nextInt(all.size())));
                }
            }
            LedgerSnapshot ledger = sandbox.gateway(GatewayKind.PAYPAL).ledger();
            for (Held h : all) {
                LedgerEntry entry = ledger.payment(h.order).orElseThrow();
                assertThat(
                                List.of(
                                        entry.heldMinor(),
                                        entry.capturedMinor(),
                                        entry.refundedMinor(),
                                        entry.releasedMinor()))
                        .as("seed %d, order %s", seed, h.order)
                        .containsExactly(h.held, h.captured, h.refunded, h.released);
            }
            LedgerSnapshot.Balance sum = ledger.balances().get("EUR");
            assertThat(sum.authorisedMinor())
                    .as("seed %d", seed)
                    .isEqualTo(sum.heldMinor() + sum.capturedMinor() + sum.releasedMinor());
        }
    }

    private void create() throws IOException {
        Held h = new Held();
        long minor = random.nextLong(1, 5_000);
        boolean approves = random.nextInt(4) > 0;
        JsonObject card = approves ? card() : card().put("name", "CCREJECT-IF");
        JsonObject body = paidWith(order("AUTHORIZE", value(minor), "EUR"), card);
        Reply reply = send("/v2/checkout/orders", body);
        h.order = reply.id();
        h.id = reply.payment("authorizations").getString("id");
        h.open = approves;
        h.held = approves ? minor : 0;
        all.add(h);
    }

    private void step(Held h) throws IOException {
        String path = "/v2/payments/authorizations/" + h.id;
        long minor = random.nextLong(1, 4_000);
        JsonObject body = new JsonObject().put("amount", money(value(minor), "EUR"));
        switch (random.nextInt(3)) {
            case 0 -> capture(h, path, minor, body);
            case 1 -> {
                agree(send(path + "/void", new JsonObject()), h.open, "void");
                if (h.open) {
                    release(h);
                }
            }
            default -> {
                if (!h.taken.isEmpty()) {
                    refund(h, h.taken.get(random.nextInt(h.taken.size())), minor, body);
                }
            }
        }
    }

    private void capture(Held h, String path, long minor, JsonObject body) throws IOException {
        boolean last = random.nextInt(3) == 0;
        boolean allowed = h.open && minor <= h.held;
        Reply reply = send(path + "/capture", body.put("final_capture", last));
        agree(reply, allowed, "capture");
        if (!allowed) {
            return;
        }
        Taken taken = new Taken();
        taken.id = reply.id();
        taken.refundable = minor;
        h.taken.add(taken);
        h.captured += minor;
        h.held -= minor;
        if (last || h.held == 0) {
            release(h);
        }
    }

    private static void release(Held h) {
        h.released += h.held;
        h.held = 0;
        h.open = false;
    }

    private void refund(Held h, Taken taken, long minor, JsonObject body) throws IOException {
        boolean allowed = minor <= taken.refundable;
        agree(send("/v2/payments/captures/" + taken.id + "/refund", body), allowed, "refund");
        if (allowed) {
            taken.refundable -= minor;
            h.refunded += minor;
        }
    }

    /** Sends it, sometimes twice. */
    private Reply send(String path, JsonObject body) throws IOException {
        String id = "request-" + request++;
        Reply first = paypal.post(path, body, "PayPal-Request-Id", id);
        if (first.status() < 400 && random.nextInt(4) == 0) {
            Reply second = paypal.post(path, body, "PayPal-Request-Id", id);
            assertThat(second.status()).as("seed %d", seed).isIn(200, 204);
            if (!first.text().isEmpty()) {
                assertThat(second.id()).as("seed %d", seed).isEqualTo(first.id());
            }
        }
        return first;
    }

    private static String value(long minor) {
        return minor / 100 + "." + (minor % 100 < 10 ? "0" : "") + minor % 100;
    }

    private void agree(Reply reply, boolean allowed, String operation) {
        assertThat(reply.status() < 400)
                .as("seed %d: %s answered %d %s", seed, operation, reply.status(), reply.text())
                .isEqualTo(allowed);
    }
}
