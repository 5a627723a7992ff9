package io.paybeacon.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.gateways.paypal.CertificateSource;
import io.paybeacon.gateways.paypal.PayPalWebhooks;
import io.paybeacon.server.config.Connection;
import io.paybeacon.server.config.TestKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates over real HTTP on loopback, by a clock that the tests move. */
class PayPalCertificatesTest {
    @TempDir Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private volatile Consumer<HttpServerRequest> answer;
    private String pem;
    private HttpServer server;
    private PayPalCertificates certificates;

    @BeforeEach
    void open() throws Exception {
        TestKeys.write(directory, "messageverificationcerts");
        pem = Files.readString(directory.resolve("messageverificationcerts.pem"));
        answer = request -> request.response().end(pem);
        server =
                done(
                        vertx.createHttpServer()
                                .requestHandler(request -> {
                                    asked.incrementAndGet();
                                    answer.accept(request);
                                })
                                .listen(0, "127.0.0.1"));
        certificates = new PayPalCertificates(vertx, now::get);
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private String url(String name) {
        return "http://127.0.0.1:" + server.actualPort() + "/v1/notifications/certs/" + name;
    }

    private boolean known(String name) throws Exception {
        done(certificates.fetch(url(name), Connection.DIRECT));
        return certificates.at(url(name)).isPresent();
    }

    @Test
    void certificate_isFetchedOnce_howeverManyAskForItAtOnce() throws Exception {
        assertThat(certificates.at(url("one"))).isEmpty();
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(certificates.fetch(url("one"), Connection.DIRECT));
        }
        done(Future.all(all));

        assertThat(certificates.at(url("one"))).isPresent();
        assertThat(known("one")).isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void certificate_thatHasExpired_isNotKnownAnyMore() throws Exception {
        assertThat(known("one")).isTrue();

        now.set(now.get().plus(Duration.ofDays(400)));

        assertThat(certificates.at(url("one"))).isEmpty();
        assertThat(known("one")).isFalse();
        assertThat(asked).hasValue(2);
    }

    @Test
    void failure_isRemembered_forAMinute() throws Exception {
        answer = request -> request.response().setStatusCode(500).end();
        assertThat(known("one")).isFalse();
        answer = request -> request.response().end(pem);
        assertThat(known("one")).isFalse();
        assertThat(asked).hasValue(1);

        now.set(now.get().plus(Limits.FAILURE_KEPT));

        assertThat(known("one")).isTrue();
        assertThat(asked).hasValue(2);
    }

    @Test
    void answer_thatIsTooLarge_isNotRead() throws Exception {
        answer =
                request ->
                        request.response().end(pem + "x".repeat(CertificateSource.PEM_BYTES_MAX));
        assertThat(known("one")).isFalse();
    }

    @Test
    void answer_thatIsNoCertificate_isNotTaken() throws Exception {
        answer = request -> request.response().end("<html>");
        assertThat(known("one")).isFalse();
        answer = request -> request.response().end(pem.repeat(Limits.CHAIN_MAX + 1));
        assertThat(known("two")).isFalse();
        answer = request -> request.connection().close();
        assertThat(known("three")).isFalse();
    }

    @Test
    void redirect_isNotFollowed() throws Exception {
        answer =
                request ->
                        request.response()
                                .setStatusCode(302)
                                .putHeader("Location", url("elsewhere"))
                                .end();

        assertThat(known("one")).isFalse();
        assertThat(asked).hasValue(1);
    }

    @Test
    void strangers_cannotMakeTheAgentFetchWithoutEnd() throws Exception {
        answer = request -> request.response().setStatusCode(404).end();
        for (int i = 0; i < 3 * Limits.FETCHES_A_MINUTE_MAX; i++) {
            assertThat(known("forged-" + i)).isFalse();
        }
        assertThat(asked).hasValue(Limits.FETCHES_A_MINUTE_MAX);

        now.set(now.get().plusSeconds(61));
        answer = request -> request.response().end(pem);
        assertThat(known("one")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api-m.sandbox.paypal.com, ",
        "https://api.paypal.com/, ",
        "http://127.0.0.1:8080, 127.0.0.1:8080",
        "https://paypal.internal, paypal.internal",
    })
    void hosts_areThoseOfPayPal_orTheConfiguredOneAlone(URI api, String host) {
        if (host == null) {
            assertThat(PayPalCertificates.hosts(api)).isEqualTo(PayPalWebhooks.PAYPAL_HOSTS);
        } else {
            assertThat(PayPalCertificates.hosts(api)).containsExactly(host);
        }
    }

    @Test
    void certificate_ofPayPalsHosts_mustBeOnesOfPayPal_andLeadToATrustedAuthority()
            throws Exception {
        byte[] stranger = pem.getBytes(StandardCharsets.US_ASCII);
        TestKeys.write(directory, "pretender", "messageverificationcerts.paypal.com");
        byte[] pretender = Files.readAllBytes(directory.resolve("pretender.pem"));

        assertThatThrownBy(() -> SigningChain.check(SigningChain.read(stranger), Instant.now()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("not one of PayPal's messages");
        assertThatThrownBy(() -> SigningChain.check(SigningChain.read(pretender), Instant.now()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("unable to find valid certification path");
    }
}
