package io.paybeacon.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookRoutesTest {
    private static final String BODY = Door.succeeded("pi_1", "");

    @TempDir private Path directory;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        door = new Door(directory);
    }

    @AfterEach
    void close() throws Exception {
        door.close();
    }

    @Test
    void secrets_holdAllOfThem_whileOneReplacesAnother() throws Exception {
        for (String secret : List.of(Door.SECRET, Door.NEXT_SECRET)) {
            assertThat(signedWith(secret)).as(secret).isEqualTo(200);
        }
        assertThat(signedWith("a-secret-of-nobody")).isEqualTo(400);
    }

    private int signedWith(String secret) throws Exception {
        return door.send(
                        "POST",
                        "/in/stripe_eu",
                        BODY,
                        "Stripe-Signature",
                        Door.signature(Door.NOW, BODY, secret))
                .statusCode();
    }

    @Test
    void webhook_isAnswered_onlyOnceItIsDurable() throws Exception {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        door.engine.answer = () -> durable;

        CompletableFuture<HttpResponse<String>> answer = door.webhookLater("stripe_eu", BODY);
        await().until(() -> !door.engine.accepted.isEmpty());
        assertThat(door.get("/-/healthy").statusCode()).isEqualTo(200);
        assertThat(answer).isNotDone();
        assertThat(ingested("stripe_eu", "accepted")).isEqualTo("0.0");
        durable.complete(null);

        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(door.engine.accepted.getFirst()).anyMatch(Observed.class::isInstance);
        assertThat(ingested("stripe_eu", "accepted")).isEqualTo("1.0");
    }

    static Stream<Arguments> signatures() {
        String late = Door.signature(Door.NOW.minus(Duration.ofMinutes(6)), BODY);
        String early = Door.signature(Door.NOW.plus(Duration.ofMinutes(6)), BODY);
        return Stream.of(
                arguments("none", "", "missing_signature", "refused_signature"),
                arguments("not Stripe's", "sha256=abc", "malformed_signature", "refused_signature"),
                arguments(
                        "of another body",
                        Door.signature(Door.NOW, BODY + " "),
                        "wrong_signature",
                        "refused_signature"),
                arguments("too old", late, "stale_timestamp", "refused_stale"),
                arguments("from the future", early, "stale_timestamp", "refused_stale"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signatures")
    void signature_thatDoesNotProveTheSender_isRefusedWithItsReason(
            String what, String signature, String reason, String result) throws Exception {
        HttpResponse<String> answer =
                signature.isEmpty()
                        ? door.send("POST", "/in/stripe_eu", BODY)
                        : door.send("POST", "/in/stripe_eu", BODY, "Stripe-Signature", signature);

        assertThat(answer.statusCode()).as(what).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.body()).contains(reason).doesNotContain(Door.SECRET, "v1=");
        assertThat(door.engine.accepted).isEmpty();
        assertThat(ingested("stripe_eu", result)).isEqualTo("1.0");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new OverloadedException("full"), 503, "overloaded"),
                arguments(new EngineStoppedException("disk", null), 503, "engine_stopped"),
                arguments(
                        new CompletionException(new OverloadedException("full")),
                        503,
                        "overloaded"),
                arguments(new IllegalStateException("a bug"), 500, "failed"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void engineThatFails_isToldToTheSender_whoComesAgain(
            RuntimeException failure, int status, String result) throws Exception {
        door.engine.answer = () -> CompletableFuture.failedFuture(failure);

        HttpResponse<String> answer = door.webhook("stripe_eu", BODY);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
        assertThat(answer.body()).doesNotContain("a bug");
        assertThat(ingested("stripe_eu", result)).isEqualTo("1.0");
    }

    @Test
    void engineThatThrows_isAnInternalError() throws Exception {
        door.engine.answer =
                () -> {
                    throw new IllegalStateException("a bug");
                };

        assertThat(door.webhook("stripe_eu", BODY).statusCode()).isEqualTo(500);
        assertThat(ingested("stripe_eu", "failed")).isEqualTo("1.0");
    }

    @Test
    void engineThatHasNotStarted_isToldToTheSender() throws Exception {
        door.started = Optional.empty();

        assertThat(door.webhook("stripe_eu", BODY).statusCode()).isEqualTo(503);
        assertThat(ingested("stripe_eu", "engine_stopped")).isEqualTo("1.0");
    }

    @Test
    void webhook_thatIsNotDurableInTime_isToBeSentAgain() throws Exception {
        try (Door impatient =
                new Door(
                        directory.resolve("impatient"),
                        new HttpSettings("127.0.0.1", 0, Optional.empty(), 1 << 20, 10_000, 50))) {
            CompletableFuture<Void> durable = new CompletableFuture<>();
            impatient.engine.answer = () -> durable;

            HttpResponse<String> answer = impatient.webhook("stripe_eu", BODY);
            durable.complete(null);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            assertThat(impatient.metric(series("stripe_eu", "timeout"))).isEqualTo("1.0");
            assertThat(impatient.metric(series("stripe_eu", "accepted"))).isEqualTo("0.0");
        }
    }

    @Test
    void message_thatCannotBeRead_isAcceptedAsSuch() throws Exception {
        HttpResponse<String> answer = door.webhook("stripe_eu", "{\"id\":");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(door.engine.accepted.getFirst()).allMatch(Malformed.class::isInstance);
    }

    @Test
    void webhookOfAProbe_isToldToTheProbes() throws Exception {
        door.webhook("stripe_eu", Door.succeeded("pi_2", "\"paybeacon_run\":\"run-7\""));

        List<Event> events = door.engine.accepted.getFirst();
        assertThat(events).allMatch(WebhookSeen.class::isInstance);
        assertThat(door.arrivals)
                .containsExactly("stripe_eu run-7 payment_intent.succeeded 2026-11-22T12:00:00Z");
    }

    @Test
    void gateway_thatIsNotConfigured_isNotFound_andCountedWithoutItsName() throws Exception {
        HttpResponse<String> answer = door.webhook("wild%22name", BODY);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("wild");
        assertThat(ingested("unknown", "unknown_gateway")).isEqualTo("1.0");
    }

    @Test
    void body_upToTheLimit_isRead_alsoWhenItIsLarge() throws Exception {
        String large = BODY + " ".repeat((1 << 20) - BODY.length());

        assertThat(door.webhook("stripe_eu", large).statusCode()).isEqualTo(200);
    }

    @Test
    void body_thatAnnouncesTooMuch_isRefused_beforeItIsSent() throws Exception {
        String head = head("Content-Length: 1048577");

        assertThat(raw(head)).startsWith("HTTP/1.1 413 ");
        assertThat(ingested("stripe_eu", "too_large")).isEqualTo("1.0");
    }

    @Test
    void body_thatGrowsTooLarge_isRefused_whenItDoes() throws Exception {
        String head = head("Transfer-Encoding: chunked");

        assertThat(raw(head + "100001\r\n" + "x".repeat(0x100001) + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(ingested("stripe_eu", "too_large")).isEqualTo("1.0");
        assertThat(door.webhook("stripe_eu", BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void body_thatComesTooSlowly_isRefused() throws Exception {
        try (Door hasty =
                        new Door(
                                directory.resolve("hasty"),
                                new HttpSettings(
                                        "127.0.0.1", 0, Optional.empty(), 1 << 20, 50, 8_000));
                Socket socket = hasty.connect()) {
            write(socket, head("Content-Length: 10") + "half");

            assertThat(firstLine(socket)).startsWith("HTTP/1.1 408 ");
            assertThat(hasty.metric(series("stripe_eu", "too_slow"))).isEqualTo("1.0");
        }
    }

    @Test
    void sender_whoGoesAway_isCounted() throws Exception {
        try (Socket socket = door.connect()) {
            write(socket, head("Content-Length: 10") + "half");
        }

        await().until(() -> ingested("stripe_eu", "aborted").equals("1.0"));
        assertThat(door.engine.accepted).isEmpty();
    }

    private static String head(String header) {
        return String.join(
                "\r\n", "POST /in/stripe_eu HTTP/1.1", "Host: localhost", header, "", "");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = door.connect()) {
            write(socket, request);
            return firstLine(socket);
        }
    }

    static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = socket.getInputStream().read();
        while (next >= 0 && next != '\r') {
            line.append((char) next);
            next = socket.getInputStream().read();
        }
        return line.toString();
    }

    private String ingested(String gateway, String result)
            throws IOException, InterruptedException {
        return door.metric(series(gateway, result));
    }

    private static String series(String gateway, String result) {
        return "paybeacon_ingest_requests_total{gateway=\""
                + gateway
                + "\",result=\""
                + result
                + "\"}";
    }
}
