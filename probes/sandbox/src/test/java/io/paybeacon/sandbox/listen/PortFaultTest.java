package io.paybeacon.sandbox.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.gateway.GatewayKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client meets at a port: TLS as it should be, and every fault of a port. */
class PortFaultTest {
    private Sandbox sandbox;
    private SandboxGateway gateway;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withGateways(Set.of(GatewayKind.CARD)));
        gateway = sandbox.gateway(GatewayKind.CARD);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_1", "HTTP_2"})
    void tls_isTrustedByTheAuthority_inBothVersions(HttpClient.Version version) throws Exception {
        HttpResponse<String> reply = get(trusting(), version, gateway.tlsBaseUrl());
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.version()).isEqualTo(version);
        HttpResponse<String> plain = get(trusting(), version, gateway.baseUrl());
        assertThat(plain.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "expired, NotAfter",
        "wrong_name, No subject alternative names matching",
        "untrusted, unable to find valid certification path",
    })
    void flawedCertificate_failsTheHandshake_untilTheFaultIsGone(String flaw, String reason)
            throws Exception {
        assertThat(status(gateway.tlsBaseUrl())).isEqualTo(401);
        String id = gateway.faults().install("connections:certificate=" + flaw);
        assertThatThrownBy(() -> status(gateway.tlsBaseUrl()))
                .isInstanceOf(SSLHandshakeException.class)
                .rootCause()
                .hasMessageContaining(reason);
        assertThat(status(gateway.baseUrl())).as("plain port").isEqualTo(401);
        gateway.faults().remove(id);
        assertThat(status(gateway.tlsBaseUrl())).isEqualTo(401);
    }

    @Test
    void expiredCertificate_isShown_asClientsThatDoNotVerifySee() throws Exception {
        gateway.faults().install("connections:certificate=expired");
        URI uri = URI.create(gateway.tlsBaseUrl());
        try (SSLSocket socket =
                (SSLSocket) blind().getSocketFactory().createSocket(uri.getHost(), uri.getPort())) {
            socket.startHandshake();
            Certificate[] chain = socket.getSession().getPeerCertificates();
            assertThat(chain).hasSize(2);
            assertThat(((X509Certificate) chain[0]).getNotAfter().toInstant())
                    .isBefore(Instant.now());
            assertThatCode(() -> chain[0].verify(chain[1].getPublicKey()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void refused_closesBothPorts_andTheyComeBackWhereTheyWere() throws Exception {
        String plain = gateway.baseUrl();
        String id = gateway.faults().install("connections:refused");
        assertThatThrownBy(() -> connect(plain)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> connect(gateway.tlsBaseUrl()))
                .isInstanceOf(ConnectException.class);
        gateway.faults().remove(id);
        assertThat(gateway.baseUrl()).isEqualTo(plain);
        assertThat(status(plain)).isEqualTo(401);
        assertThat(status(gateway.tlsBaseUrl())).isEqualTo(401);
    }

    @Test
    void silent_acceptsAndNeverAnswers_notEvenAHandshake() throws Exception {
        String id = gateway.faults().install("connections:silent");
        for (String url : new String[] {gateway.baseUrl(), gateway.tlsBaseUrl()}) {
            try (Socket socket = connect(url)) {
                socket.setSoTimeout(300);
                socket.getOutputStream()
                        .write(
                                "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
                                        .getBytes(StandardCharsets.UTF_8));
                assertThatThrownBy(() -> socket.getInputStream().read())
                        .isInstanceOf(SocketTimeoutException.class);
            }
        }
        assertThat(gateway.requestCount()).isZero();
        gateway.faults().remove(id);
        assertThat(status(gateway.baseUrl())).isEqualTo(401);
    }

    @Test
    void fault_thatBeginsAndEndsByItself_isFollowed() {
        gateway.faults().install("connections:refused,start=200ms,for=600ms");
        await().until(() -> refuses(gateway.baseUrl()));
        await().until(() -> !refuses(gateway.baseUrl()));
        assertThatCode(() -> assertThat(status(gateway.baseUrl())).isEqualTo(401))
                .doesNotThrowAnyException();
    }

    @Test
    void changes_inQuickSuccession_endInTheLastState() throws Exception {
        for (int i = 0; i < 4; i++) {
            gateway.faults().install("connections:refused");
            gateway.faults().clear();
            gateway.faults().install("connections:silent");
            gateway.faults().clear();
        }
        assertThat(status(gateway.baseUrl())).isEqualTo(401);
        assertThat(status(gateway.tlsBaseUrl())).isEqualTo(401);
    }

    private static boolean refuses(String url) {
        try (Socket socket = connect(url)) {
            return !socket.isConnected();
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Socket connect(String url) throws IOException {
        URI uri = URI.create(url);
        return new Socket(uri.getHost(), uri.getPort());
    }

    private int status(String url) throws Exception {
        return get(trusting(), HttpClient.Version.HTTP_1_1, url).statusCode();
    }

    private static HttpResponse<String> get(
            SSLContext context, HttpClient.Version version, String url) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(context)
                        .version(version)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url + "/v1/authorizations/a"))
                            .timeout(Duration.ofSeconds(10))
                            .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        byte[] pem = sandbox.caPem().getBytes(StandardCharsets.US_ASCII);
        store.setCertificateEntry(
                "sandbox",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem)));
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static SSLContext blind() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Blind()}, null);
        return context;
    }

    /** Verifies nothing, to look at a certificate that would not pass. */
    private static final class Blind implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
