package io.paybeacon.sandbox.paypal;

import static io.paybeacon.sandbox.paypal.PayPalClient.card;
import static io.paybeacon.sandbox.paypal.PayPalClient.order;
import static io.paybeacon.sandbox.paypal.PayPalClient.paidWith;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.paypal.PayPalClient.Reply;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Deliveries as a receiver sees them: its checks are made of the JDK alone. */
class PayPalWebhookTest {
    private static final String WEBHOOK_ID = "8PT597110X687430L";

    private record Delivery(Headers headers, String body) {
        JsonObject event() {
            return new JsonObject(body);
        }

        String header(String name) {
            return headers.getFirst(name);
        }
    }

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private Sandbox sandbox;
    private SandboxGateway gateway;
    private PayPalClient paypal;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::take);
        receiver.start();
        sandbox = Sandbox.start(PayPalClient.options());
        gateway = sandbox.gateway(GatewayKind.PAYPAL);
        gateway.registerWebhook(
                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/", WEBHOOK_ID);
        paypal = new PayPalClient(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
        receiver.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        deliveries.add(new Delivery(exchange.getRequestHeaders(), body));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private List<String> types() {
        return deliveries.stream().map(d -> d.event().getString("event_type")).toList();
    }

    private Reply pay(String intent, String requestId) throws IOException {
        return paypal.post(
                "/v2/checkout/orders",
                paidWith(order(intent, "10.99", "USD"), card()),
                "PayPal-Request-Id",
                requestId);
    }

    @Test
    @DisplayName("Every step of a payment is told, with the order's custom_id in every object")
    void types_ofAWholePayment() throws IOException {
        String first = pay("AUTHORIZE", "r1").payment("authorizations").getString("id");
        Reply capture = paypal.post("/v2/payments/authorizations/" + first + "/capture", "{}");
        paypal.post("/v2/payments/captures/" + capture.id() + "/refund", "{}");
        String second = pay("AUTHORIZE", "r2").payment("authorizations").getString("id");
        paypal.post("/v2/payments/authorizations/" + second + "/void", "");
        pay("CAPTURE", "r3");
        JsonObject declined = card().put("name", "CCREJECT-IF");
        paypal.post(
                "/v2/checkout/orders",
                paidWith(order("CAPTURE", "10.99", "USD"), declined),
                "PayPal-Request-Id",
                "r4");
        Reply open = paypal.post("/v2/checkout/orders", order("CAPTURE", "1.00", "USD"));
        paypal.control("orders/" + open.id() + "/resolve?outcome=pass");

        await().untilAsserted(() ->
                assertThat(types())
                        .containsExactlyInAnyOrder(
                                "PAYMENT.AUTHORIZATION.CREATED",
                                "PAYMENT.CAPTURE.COMPLETED",
                                "PAYMENT.CAPTURE.REFUNDED",
                                "PAYMENT.AUTHORIZATION.CREATED",
                                "PAYMENT.AUTHORIZATION.VOIDED",
                                "PAYMENT.CAPTURE.COMPLETED",
                                "CHECKOUT.ORDER.COMPLETED",
                                "PAYMENT.CAPTURE.DENIED",
                                "CHECKOUT.ORDER.APPROVED"));
        for (Delivery delivery : deliveries) {
            JsonObject event = delivery.event();
            JsonObject resource = event.getJsonObject("resource");
            JsonObject carrier =
                    event.getString("resource_type").equals("checkout-order")
                            ? resource.getJsonArray("purchase_units").getJsonObject(0)
                            : resource;
            assertThat(carrier.getString("custom_id"))
                    .as(delivery.body())
                    .isEqualTo("paybeacon_run:r1");
        }
    }

    @Test
    @DisplayName("The envelope has PayPal's fields, in PayPal's order")
    void envelope() throws IOException {
        String capture = pay("CAPTURE", "r1").payment("captures").getString("id");
        await().until(() -> types().contains("PAYMENT.CAPTURE.COMPLETED"));

        JsonObject event =
                deliveries.stream()
                        .map(Delivery::event)
                        .filter(e -> e.getString("resource_type").equals("capture"))
                        .findAny()
                        .orElseThrow();
        assertThat(event.fieldNames())
                .containsExactly(
                        "id",
                        "event_version",
                        "create_time",
                        "resource_type",
                        "resource_version",
                        "event_type",
                        "summary",
                        "resource",
                        "links");
        assertThat(event.getString("id")).matches("WH-[0-9A-Z]{17}-[0-9A-Z]{17}");
        assertThat(event.getString("event_version")).isEqualTo("1.0");
        assertThat(event.getString("resource_version")).isEqualTo("2.0");
        assertThat(event.getString("summary")).isEqualTo("Payment completed for $ 10.99 USD");
        assertThat(event.getJsonObject("resource").getString("id")).isEqualTo(capture);
    }

    @Test
    @DisplayName("The signature fits the certificate, and nothing else that was changed")
    void signature() throws Exception {
        pay("AUTHORIZE", "r1");
        await().until(() -> !deliveries.isEmpty());
        Delivery delivery = deliveries.getFirst();

        assertThat(delivery.header("PAYPAL-AUTH-ALGO")).isEqualTo("SHA256withRSA");
        assertThat(delivery.header("PAYPAL-CERT-URL"))
                .startsWith(gateway.baseUrl() + "/v1/notifications/certs/CERT-");
        assertThat(verifies(delivery, WEBHOOK_ID, delivery.body())).isTrue();
        assertThat(verifies(delivery, "ANOTHER-ID", delivery.body())).isFalse();
        assertThat(verifies(delivery, WEBHOOK_ID, delivery.body() + " ")).isFalse();
    }

    private boolean verifies(Delivery delivery, String webhookId, String body)
            throws IOException, GeneralSecurityException {
        String path = URI.create(delivery.header("PAYPAL-CERT-URL")).getPath();
        Reply pem = new PayPalClient(gateway.baseUrl()).get(path);
        Certificate certificate =
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.text().getBytes(UTF_8)));
        ((X509Certificate) certificate).checkValidity();
        certificate.verify(certificate.getPublicKey());
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(UTF_8));
        String signed =
                "%s|%s|%s|%d"
                        .formatted(
                                delivery.header("PAYPAL-TRANSMISSION-ID"),
                                delivery.header("PAYPAL-TRANSMISSION-TIME"),
                                webhookId,
                                crc.getValue());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(certificate);
        signature.update(signed.getBytes(UTF_8));
        return signature.verify(
                Base64.getDecoder().decode(delivery.header("PAYPAL-TRANSMISSION-SIG")));
    }

    @Test
    void signature_badlySigned() throws Exception {
        gateway.faults().install("webhooks:badly_signed");
        pay("AUTHORIZE", "r1");
        await().until(() -> !deliveries.isEmpty());

        assertThat(verifies(deliveries.getFirst(), WEBHOOK_ID, deliveries.getFirst().body()))
                .isFalse();
    }

    @Test
    @DisplayName("A duplicated event has one id and a transmission of its own each time")
    void duplicated() throws IOException {
        gateway.faults().install("webhooks:duplicated=2");
        pay("AUTHORIZE", "r1");
        await().until(() -> deliveries.size() == 2);

        assertThat(deliveries.get(0).event().getString("id"))
                .isEqualTo(deliveries.get(1).event().getString("id"));
        assertThat(deliveries.get(0).header("PAYPAL-TRANSMISSION-ID"))
                .isNotEqualTo(deliveries.get(1).header("PAYPAL-TRANSMISSION-ID"));
    }
}
