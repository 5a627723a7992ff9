package io.paybeacon.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.GatewayClient;
import io.paybeacon.sandbox.GatewayClient.Reply;
import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.StripeClient;
import io.paybeacon.sandbox.WebhookReceiver;
import io.paybeacon.sandbox.card.Cards;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that choose by card, lie about money or time, seen through the API and the books. */
class CardFaultTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private Sandbox sandbox;
    private SandboxGateway gateway;
    private GatewayClient card;

    @BeforeEach
    void start() {
        sandbox =
                Sandbox.start(
                        SandboxOptions.defaults()
                                .withGateways(Set.of(GatewayKind.CARD, GatewayKind.STRIPE))
                                .withClock(now::get)
                                .withWebhookDelay(Duration.ofMillis(1)));
        gateway = sandbox.gateway(GatewayKind.CARD);
        card = Cards.client(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest(name = "{0}: visa of kaap-bank {1}, mastercard of nordelbe {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    network=visa                  | 402 | 201
                    network=mastercard            | 201 | 402
                    issuer=kaap-bank              | 402 | 201
                    country=DE                    | 201 | 402
                    network=visa,country=ZA       | 402 | 201
                    network=visa,country=DE       | 201 | 201
                    network=visa,issuer=nordelbe  | 201 | 201
                    """)
    void declineSpike_hitsItsSliceOnly(String slice, int visaZa, int mastercardDe)
            throws IOException {
        gateway.faults().install("authorizations.create:decline=05," + slice);
        assertThat(authorize(Cards.number(0, 2, 0, "00")).status()).isEqualTo(visaZa);
        assertThat(authorize(Cards.number(1, 3, 0, "00")).status()).isEqualTo(mastercardDe);
    }

    @Test
    void slice_followsThePaymentToItsCapture() throws IOException {
        gateway.faults().install("authorizations.capture:status=503,country=ZA");
        String za = authorize(Cards.number(0, 2, 0, "00")).id();
        String us = authorize(Cards.APPROVING).id();
        assertThat(card.post("/v1/authorizations/" + za + "/captures").status()).isEqualTo(503);
        assertThat(card.post("/v1/authorizations/" + us + "/captures").status()).isEqualTo(201);
    }

    @Test
    void stripesCards_haveNetworkAndCountryToo() throws IOException {
        sandbox.faults()
                .install(
                        "payment_intents.create:decline=do_not_honor,network=mastercard"
                                + ",country=ZA");
        StripeClient stripe = new StripeClient(sandbox);
        assertThat(stripe.pay(100, "pm_sandbox_mastercard_ZA", "manual").status()).isEqualTo(402);
        assertThat(stripe.pay(100, "pm_sandbox_mastercard_GB", "manual").status()).isEqualTo(200);
        assertThat(stripe.pay(100, "pm_sandbox_visa_ZA", "manual").status()).isEqualTo(200);
    }

    @Test
    void doubleCharge_executesARepetitionOnceMore() throws IOException {
        gateway.faults().install("authorizations.create:double_charge,count=1");
        String body = Cards.authorization(1000, Cards.APPROVING);
        GatewayClient keyed = card.with("Idempotency-Key", "k");
        String first = keyed.post("/v1/authorizations", body).id();
        String second = keyed.post("/v1/authorizations", body).id();
        String third = keyed.post("/v1/authorizations", body).id();
        assertThat(second).isNotEqualTo(first);
        assertThat(third).isEqualTo(second);
        assertThat(gateway.ledger().balances().get("EUR").heldMinor()).isEqualTo(2000);
    }

    @Test
    void doubleCapture_takesMoreThanWasHeld() throws IOException {
        gateway.faults().install("authorizations.capture:double_charge");
        String path = "/v1/authorizations/" + authorize(Cards.APPROVING).id() + "/captures";
        GatewayClient keyed = card.with("Idempotency-Key", "k");
        String first = keyed.post(path, Cards.amount(1000)).id();
        assertThat(keyed.post(path, Cards.amount(1000)).id()).isNotEqualTo(first);
        LedgerEntry entry = gateway.ledger().payments().getLast();
        assertThat(entry.capturedMinor()).isEqualTo(2000);
        assertThat(entry.authorisedMinor()).isEqualTo(1000);
        assertThat(entry.heldMinor()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "confirm, payment_intents.confirm, 2000, 0",
        "capture, payment_intents.capture, 0, 2000",
    })
    void doubleChargeAtStripe_isInTheBooks(String step, String operation, long held, long captured)
            throws IOException {
        sandbox.faults().install(operation + ":double_charge");
        StripeClient stripe = new StripeClient(sandbox);
        String id =
                step.equals("confirm")
                        ? stripe.post(
                                        "/v1/payment_intents",
                                        "amount",
                                        "1000",
                                        "currency",
                                        "zar",
                                        "payment_method",
                                        "pm_card_visa",
                                        "capture_method",
                                        "manual")
                                .id()
                        : stripe.pay(1000, "pm_card_visa", "manual").id();
        String path = "/v1/payment_intents/" + id + "/" + step;
        String first = stripe.postKeyed("k", path).body().getString("latest_charge");
        String second = stripe.postKeyed("k", path).body().getString("latest_charge");
        assertThat(second).isNotEqualTo(first);
        LedgerEntry entry = sandbox.ledger().payment(id).orElseThrow();
        assertThat(entry.heldMinor()).isEqualTo(held);
        assertThat(entry.capturedMinor()).isEqualTo(captured);
    }

    @Test
    void wrongAmount_isAnsweredAndBooked() throws IOException {
        gateway.faults().install("authorizations.capture:amount_offset=-1");
        String path = "/v1/authorizations/" + authorize(Cards.APPROVING).id() + "/captures";
        Reply reply = card.post(path, Cards.amount(1000));
        assertThat(reply.body().getJsonObject("amount").getLong("value")).isEqualTo(999);
        assertThat(gateway.ledger().payments().getLast().capturedMinor()).isEqualTo(999);
    }

    @Test
    void burst_comesAndGoesWithTheClock() throws IOException {
        gateway.faults().install("*:status=503,every=60s,burst=10s");
        int[] expected = {503, 503, 404, 404, 503, 404};
        int[] seconds = {0, 9, 10, 59, 60, 75};
        for (int i = 0; i < seconds.length; i++) {
            now.set(NOW.plusSeconds(seconds[i]));
            assertThat(card.get("/v1/authorizations/a").status())
                    .as("after %d s", seconds[i])
                    .isEqualTo(expected[i]);
        }
    }

    @Test
    void skew_isInDatesEventsAndSignatures_andNothingElse() throws IOException {
        gateway.faults().install("clock:skew=-1h");
        try (WebhookReceiver receiver = WebhookReceiver.answering(() -> 200)) {
            gateway.registerWebhook(receiver.url(), "s");
            Reply reply = authorize(Cards.APPROVING);
            Instant slow = NOW.minusSeconds(3600);
            assertThat(date(reply)).isEqualTo(slow);
            assertThat(reply.body().getString("created")).isEqualTo(slow.toString());
            await().until(() -> receiver.deliveries().size() == 1);
            WebhookReceiver.Delivery delivery = receiver.deliveries().getFirst();
            assertThat(delivery.event().getString("created")).isEqualTo(slow.toString());
            assertThat(delivery.header("X-Signature")).contains("t=" + slow.getEpochSecond());
        }
        gateway.faults().clear();
        assertThat(date(authorize(Cards.APPROVING))).isEqualTo(NOW);
    }

    private static Instant date(Reply reply) {
        return ZonedDateTime.parse(reply.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }

    @Test
    void badlySigned_differsFromTheRightSignature() throws IOException {
        try (WebhookReceiver receiver = WebhookReceiver.answering(() -> 200)) {
            gateway.registerWebhook(receiver.url(), "s");
            gateway.faults().install("webhooks:badly_signed,count=1");
            authorize(Cards.APPROVING);
            await().until(() -> receiver.deliveries().size() == 1);
            String bad = receiver.deliveries().getFirst().header("X-Signature");
            assertThat(bad).matches("t=\\d+,v1=[0-9a-f]{64}");
            assertThat(bad).doesNotContain(Cards.hmac("s", bad, receiver.deliveries().getFirst()));
            authorize(Cards.APPROVING);
            await().until(() -> receiver.deliveries().size() == 2);
            WebhookReceiver.Delivery next = receiver.deliveries().getLast();
            String good = next.header("X-Signature");
            assertThat(good).contains(Cards.hmac("s", good, next));
        }
    }

    @ParameterizedTest
    @CsvSource({"before, 0", "after, 1"})
    void close_endsTheConnectionWithoutAnAnswer(String when, int booked) throws IOException {
        gateway.faults().install("authorizations.create:close,count=1,when=" + when);
        GatewayClient keyed = card.with("Idempotency-Key", "k");
        String body = Cards.authorization(1000, Cards.APPROVING);
        assertThatThrownBy(() -> keyed.post("/v1/authorizations", body))
                .isInstanceOf(IOException.class);
        assertThat(gateway.ledger().payments()).hasSize(booked);
        assertThat(keyed.post("/v1/authorizations", body).status()).isEqualTo(201);
        assertThat(gateway.ledger().payments()).hasSize(1);
    }

    @Test
    void internalError_isNotKeptUnderItsKey() throws IOException {
        gateway.faults().install("authorizations.create:status=500,count=1,when=after");
        GatewayClient keyed = card.with("Idempotency-Key", "k");
        String body = Cards.authorization(1000, Cards.APPROVING);
        assertThat(keyed.post("/v1/authorizations", body).status()).isEqualTo(500);
        Reply again = keyed.post("/v1/authorizations", body);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(gateway.ledger().payments()).hasSize(1);
    }

    private Reply authorize(String number) throws IOException {
        return card.post("/v1/authorizations", Cards.authorization(1000, number));
    }
}
