package io.paybeacon.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.GatewayEvent.CellDelta;
import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.ProbeEvent.Cleanup;
import io.paybeacon.core.event.ProbeEvent.Failure;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.gateway.GatewayStage;
import io.paybeacon.core.identity.Identity;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.order.Order;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.payment.Payment;
import io.paybeacon.core.payment.PaymentStage;
import io.paybeacon.core.probe.ProbeStage;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Reference;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
    private static final Instant NOW = Door.NOW;

    @TempDir private Path directory;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(directory);
    }

    @AfterEach
    void close() {
        door.close();
    }

    /** Something of everything. */
    static void fill(Door door) {
        Payment payment = payment("stripe_eu", "pi_1");
        door.engine.states.put("payment " + payment.id().key(), payment);
        door.engine.states.put("order o-1", order(part(payment.id())));
        door.findings.deliver(
                List.of(opened(1, "stuck_payment|a", "a"), opened(2, "stuck_payment|b", "b")));
        door.record("f1", NOW);
    }

    @Test
    void payment_isToldWhole_withItsOrderAndWhatIsWrong() throws Exception {
        hold(payment("stripe_eu", "pi_1"));
        PaymentId other = new PaymentId("stripe_us", "pi_9");
        door.engine.states.put(
                "order o-1", order(part(payment("stripe_eu", "pi_1").id()), part(other)));
        door.record("f1", NOW);

        JsonObject json = ok("/api/v1/payments/stripe_eu:pi_1");

        assertThat(json.getString("status")).isEqualTo("captured");
        assertThat(json.getJsonArray("captured").getJsonObject(0).encode())
                .isEqualTo(
                        "{\"minorUnits\":1099,\"currency\":\"EUR\",\"formatted\":\"10.99 EUR\"}");
        assertThat(json.getJsonObject("requested").getString("formatted")).isEqualTo("10.99 EUR");
        JsonObject refused = json.getJsonArray("attempts").getJsonObject(0);
        assertThat(refused.getString("declineCode")).isEqualTo("insufficient_funds");
        assertThat(refused.getJsonObject("guidance").getString("key"))
                .isEqualTo("decline.insufficient_funds");
        assertThat(
                        json.getJsonArray("timeline").stream()
                                .map(entry -> ((JsonObject) entry).getString("what")))
                .contains("status", "declined", "authorised", "captured", "refund");
        JsonObject german =
                ok("/api/v1/payments?reference=o-1&locale=de-CH")
                        .getJsonArray("payments")
                        .getJsonObject(0);
        assertThat(german.getString("id")).isEqualTo(json.getString("id"));
        assertThat(
                        german.getJsonArray("attempts")
                                .getJsonObject(0)
                                .getJsonObject("guidance")
                                .getString("locale"))
                .isEqualTo("de");
        assertThat(json.getJsonArray("refunds").getJsonObject(0).getString("status"))
                .isEqualTo("succeeded");
        assertThat(json.getJsonArray("refunded").getJsonObject(0).getLong("minorUnits"))
                .isEqualTo(99);
        assertThat(json.getJsonObject("properties").getString("merchant_reference"))
                .isEqualTo("o-1");
        assertThat(json.getJsonArray("openFindings").getJsonObject(0).getString("id"))
                .isEqualTo("f1");
        JsonArray payments = json.getJsonObject("order").getJsonArray("payments");
        assertThat(payments.getJsonObject(1).getString("payment")).isEqualTo("stripe_us:pi_9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pi_1", "ch_1", "stripe_eu:ch_1", "stripe_eu%3Api_1"})
    void payment_isFound_byAnyReferenceThatBelongsToIt(String id) throws Exception {
        Payment payment = payment("stripe_eu", "pi_1");
        hold(payment);
        ProviderReference charge = new ProviderReference("stripe_eu", "ch_1");
        door.engine.states.put(
                "identity " + charge.key(),
                new Identity(charge, payment.id(), List.of(), null, null));

        assertThat(ok("/api/v1/payments/" + id).getString("id")).isEqualTo("stripe_eu:pi_1");
    }

    @Test
    void reference_thatSeveralGatewaysKnow_isAmbiguous() throws Exception {
        hold(payment("stripe_eu", "pi_1"));
        hold(payment("stripe_us", "pi_1"));

        HttpResponse<String> answer = door.get("/api/v1/payments/pi_1");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("stripe_eu:pi_1, stripe_us:pi_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pi_0", "stripe_eu:pi_0", "stripe_eu:", "nobody:pi_1", "%00"})
    void payment_thatIsNotKnown_isNotFound(String id) throws Exception {
        HttpResponse<String> answer = door.get("/api/v1/payments/" + id);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(problem(answer).getString("title")).isEqualTo("Payment not found");
    }

    @Test
    void findings_arePagedAndFiltered() throws Exception {
        door.findings.deliver(
                List.of(
                        opened(1, "stuck_payment|a", "a"),
                        opened(2, "stuck_payment|b", "b"),
                        opened(3, "stuck_payment|c", "c"),
                        new Delivery(
                                "4",
                                4,
                                new FindingResolved(
                                        "stuck_payment|b", NOW, Resolution.SUPERSEDED))));

        JsonObject first = ok("/api/v1/findings?limit=2");
        assertThat(ids(first)).containsExactly("stuck_payment|c", "stuck_payment|b");
        JsonObject second =
                ok("/api/v1/findings?limit=2&after=" + first.getString("next").replace("|", "%7C"));
        assertThat(ids(second)).containsExactly("stuck_payment|a");
        assertThat(second.getString("next")).isNull();
        assertThat(ids(ok("/api/v1/findings?state=superseded"))).containsExactly("stuck_payment|b");
        assertThat(ids(ok("/api/v1/findings?gateway=stripe_us"))).isEmpty();
        assertThat(ids(ok("/api/v1/findings?kind=orphan_event"))).isEmpty();
        JsonObject one = ok("/api/v1/findings/stuck_payment%7Ca");
        assertThat(one.getJsonObject("atStake").getString("formatted")).isEqualTo("10.99 EUR");
        assertThat(one.getJsonObject("evidence").getString("status")).isEqualTo("authorised");
        assertThat(door.get("/api/v1/findings/nobody").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=501",
                "limit=x",
                "limit=99999999999",
                "state=closed",
                "kind=wild",
                "after=nobody",
                "wild=1",
                "limit=1&limit=2"
            })
    void findings_refuseAParameterThatMakesNoSense(String query) throws Exception {
        HttpResponse<String> answer = door.get("/api/v1/findings?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(problem(answer).getString("detail")).isNotBlank();
    }

    @Test
    void gateways_areAllTold_thoseWithoutPaymentsIncluded() throws Exception {
        door.engine.states.put(
                "gateway stripe_eu",
                new GatewayStage()
                        .apply(
                                null,
                                new CellDelta(
                                        new Origin("stripe_eu", "evt_1", NOW),
                                        Map.of(PaymentStatus.CAPTURED, 3L),
                                        Map.of(NOW, new Outcomes(19, 1, 0, 0))),
                                new Context(NOW, Reference.defaults()))
                        .state());

        JsonArray gateways = ok("/api/v1/gateways").getJsonArray("gateways");

        JsonObject busy = gateways.getJsonObject(0);
        assertThat(busy.getString("gateway")).isEqualTo("stripe_eu");
        assertThat(busy.getJsonObject("payments").getLong("captured")).isEqualTo(3);
        assertThat(busy.getJsonObject("recentAttempts").getLong("approved")).isEqualTo(19);
        assertThat(busy.getBoolean("enoughEvidence")).isTrue();
        JsonObject idle = gateways.getJsonObject(1);
        assertThat(idle.getString("gateway")).isEqualTo("stripe_us");
        assertThat(idle.getJsonObject("payments").getLong("captured")).isZero();
        assertThat(idle.getBoolean("enoughEvidence")).isFalse();
    }

    @Test
    void probes_areAllTold_thoseThatNeverRanIncluded() throws Exception {
        assertThat(probe().getJsonObject("lastRun")).isNull();
        door.engine.states.put(
                "probe stripe_eu:card",
                new ProbeStage()
                        .apply(
                                null,
                                new RunCompleted(
                                        new Origin("stripe_eu", "run-1", NOW),
                                        "card",
                                        "run-1",
                                        "0af7651916cd43dd8448eb211c80319c",
                                        NOW,
                                        NOW,
                                        5,
                                        new Failure("pay", ProbeReason.DNS, "no address"),
                                        List.of(),
                                        Cleanup.ORPHANED,
                                        false),
                                new Context(NOW, Reference.defaults()))
                        .state());

        JsonObject probe = probe();

        assertThat(probe.getLong("failuresInARow")).isEqualTo(1);
        assertThat(probe.getJsonArray("orphans")).containsExactly("run-1");
        assertThat(probe.getJsonObject("lastRun").getJsonObject("failure").getString("reason"))
                .isEqualTo("dns");
    }

    @Test
    void ready_saysWhyNot() throws Exception {
        assertThat(door.get("/-/ready").statusCode()).isEqualTo(200);

        door.engine.status = new EngineStatus("the disk is full", 1, 0, 0);
        assertThat(door.get("/-/ready").statusCode()).isEqualTo(503);
        assertThat(problem(door.get("/-/ready")).getString("detail")).isEqualTo("the disk is full");

        door.started = Optional.empty();
        assertThat(problem(door.get("/-/ready")).getString("detail")).contains("not started");
        assertThat(door.get("/-/healthy").statusCode()).isEqualTo(200);
        assertThat(door.get("/api/v1/gateways").statusCode()).isEqualTo(503);
        assertThat(door.metric("paybeacon_engine_up")).isEqualTo("0.0");
    }

    @Test
    void question_toAnEngineThatStopped_isToldSo() throws Exception {
        door.engine.states.put("gateway stripe_eu", "of another type");
        assertThat(door.get("/api/v1/gateways").statusCode()).isEqualTo(500);
        assertThat(door.get("/api/v1/gateways").body()).doesNotContain("ClassCast");

        door.engine.failing = new EngineStoppedException("the disk is full", null);
        assertThat(door.get("/api/v1/gateways").statusCode()).isEqualTo(503);

        door.engine.failing = new OverloadedException("too many look-ups wait");
        HttpResponse<String> busy = door.get("/api/v1/gateways");
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValue("Retry-After")).contains("5");
    }

    private JsonObject ok(String path) throws Exception {
        HttpResponse<String> answer = door.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        return new JsonObject(answer.body());
    }

    private static JsonObject problem(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        return new JsonObject(answer.body());
    }

    private JsonObject probe() throws Exception {
        return ok("/api/v1/probes").getJsonArray("probes").getJsonObject(0);
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("findings").stream()
                .map(finding -> ((JsonObject) finding).getString("id"))
                .toList();
    }

    private void hold(Payment payment) {
        door.engine.states.put("payment " + payment.id().key(), payment);
    }

    private static Payment payment(String gateway, String reference) {
        Money amount = Money.of(1099, "EUR");
        Observed told =
                new Observed(
                        new Origin(gateway, "evt_1", NOW),
                        new PaymentId(gateway, reference),
                        List.of(
                                new StatusReported("ch_0", PaymentStatus.FAILED),
                                new Declined(
                                        "ch_0",
                                        DeclineCause.INSUFFICIENT_FUNDS,
                                        "insufficient_funds"),
                                new StatusReported("ch_1", PaymentStatus.CAPTURED),
                                new Requested(amount),
                                new Authorised("ch_1", amount),
                                new Captured("ch_1", amount),
                                new Refunded("re_1", Money.of(99, "EUR"), RefundStatus.SUCCEEDED),
                                new Described(Property.MERCHANT_REFERENCE, "o-1")));
        return new PaymentStage().apply(null, told, new Context(NOW, Reference.defaults())).state();
    }

    private static Order.Part part(PaymentId payment) {
        return new Order.Part(
                payment,
                null,
                Amounts.NONE,
                Amounts.NONE,
                Amounts.NONE,
                Amounts.NONE,
                Amounts.NONE);
    }

    /** An order of which something is wrong. */
    private static Order order(Order.Part... parts) {
        return new Order(
                "o-1", NOW, null, null, List.of(parts), false, List.of(finding("f1", "o-1", 1)));
    }

    private static Delivery opened(long position, String id, String subject) {
        return new Delivery(id, position, new FindingOpened(finding(id, subject, position)));
    }

    private static Finding finding(String id, String subject, long seconds) {
        return new Finding(
                id,
                FindingKind.STUCK_PAYMENT,
                Severity.CRITICAL,
                "stripe_eu",
                subject,
                NOW.plusSeconds(seconds),
                Money.of(1099, "EUR"),
                "Nobody captured the hold.",
                "Capture it or release it.",
                Map.of("status", "authorised"));
    }
}
