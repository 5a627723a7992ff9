package io.paybeacon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paybeacon.server.config.ConfigReader;
import io.paybeacon.server.config.ConfigReading;
import io.paybeacon.server.config.TestKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent on every address of the machine, with TLS and a token, and a real client. */
class SecuredAgentTest {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String TOKEN = "a-token-of-nobody-at-all";

    @TempDir Path directory;
    private SandboxWorld world;
    private Agent agent;

    @BeforeEach
    void open() throws Exception {
        world = new SandboxWorld(directory, 17);
        TestKeys.write(directory, "server");
        Files.writeString(directory.resolve("token"), TOKEN);
        Path file = world.writeConfig(0, "");
        Files.writeString(
                file,
                Files.readString(file).replace("127.0.0.1:0", "0.0.0.0:0")
                        + """
                        tls: {certificate: "${file:server.pem}", key: "${file:server.key}"}
                        token: ${file:token}
                        """);
        ConfigReading.Accepted started =
                (ConfigReading.Accepted) ConfigReader.read(file, Map.of(), InstantSource.system());
        agent = Agent.start(started.config(), InstantSource.system(), "test");
        agent.scheduleProbes();
        agent.followConfig(file, Map.of(), started, Duration.ofMillis(100));
    }

    @AfterEach
    void close() {
        agent.close();
        world.close();
    }

    private HttpResponse<String> get(HttpClient client, String path, String... headers)
            throws Exception {
        return client.send(request(path, headers).GET().build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create("https://localhost:" + agent.port() + path))
                        .timeout(WAIT);
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    private HttpClient client() throws Exception {
        return HttpClient.newBuilder().sslContext(trusting(certificate())).build();
    }

    private X509Certificate certificate() throws Exception {
        try (InputStream in = Files.newInputStream(directory.resolve("server.pem"))) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static SSLContext trusting(X509Certificate certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("agent", certificate);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    @DisplayName("With the token everything answers, without it health and webhooks alone")
    void token() throws Exception {
        try (HttpClient client = client()) {
            assertThat(get(client, "/metrics").statusCode()).isEqualTo(401);
            assertThat(get(client, "/metrics", "Authorization", "Bearer guess").statusCode())
                    .isEqualTo(401);
            HttpResponse<String> answer =
                    get(client, "/metrics", "Authorization", "Bearer " + TOKEN);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("paybeacon_agent_info").doesNotContain(TOKEN);
            assertThat(get(client, "/-/ready").statusCode()).isEqualTo(200);
            assertThat(
                            client.send(
                                            request("/in/stripe")
                                                    .POST(BodyPublishers.ofString("{}"))
                                                    .build(),
                                            BodyHandlers.ofString())
                                    .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    @DisplayName("A reload asks for the token like everything else")
    void reload() throws Exception {
        try (HttpClient client = client()) {
            HttpRequest without = request("/-/reload").POST(BodyPublishers.noBody()).build();
            HttpRequest with =
                    request("/-/reload", "Authorization", "Bearer " + TOKEN)
                            .POST(BodyPublishers.noBody())
                            .build();

            assertThat(client.send(without, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
            assertThat(client.send(with, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("Who does not trust the certificate does not get through")
    void untrusted() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> get(client, "/-/healthy"))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    @DisplayName("Plain HTTP is not answered")
    void plain() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), agent.port())) {
            socket.setSoTimeout((int) WAIT.toMillis());
            socket.getOutputStream()
                    .write(
                            "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = readToEnd(socket);

            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP/1");
        }
    }

    private static byte[] readToEnd(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // Reset by the agent, which says as much as the end.
            return new byte[0];
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1", "SSLv3"})
    @DisplayName("Old versions of TLS are not spoken")
    void oldVersions(String version) throws Exception {
        SSLContext context = trusting(certificate());
        try (SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), agent.port())) {
            socket.setSoTimeout((int) WAIT.toMillis());
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {version});
            socket.setSSLParameters(parameters);

            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName("A renewed certificate is shown to whoever connects next, without a restart")
    void renewal() throws Exception {
        X509Certificate before = shown(trusting(certificate()));
        assertThat(before).isEqualTo(certificate());

        TestKeys.write(directory, "renewed");
        // The certificate comes first: until its key follows, the two do not belong together.
        replace("renewed.pem", "server.pem");
        replace("renewed.key", "server.key");

        SSLContext next = trusting(certificate());
        await().atMost(WAIT).ignoreExceptions().until(() -> !shown(next).equals(before));
        assertThat(shown(next).getSubjectX500Principal().getName()).isEqualTo("CN=renewed");
        try (HttpClient client = client()) {
            assertThat(get(client, "/metrics", "Authorization", "Bearer " + TOKEN).statusCode())
                    .isEqualTo(200);
        }
    }

    private void replace(String with, String file) throws IOException {
        Files.move(
                directory.resolve(with),
                directory.resolve(file),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private X509Certificate shown(SSLContext context) throws IOException {
        try (SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), agent.port())) {
            socket.setSoTimeout((int) WAIT.toMillis());
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    @DisplayName("A rotated token holds from then on, and the old one no more")
    void rotation() throws Exception {
        Files.writeString(directory.resolve("token"), "the-next-token-of-nobody");

        try (HttpClient client = client()) {
            await().atMost(WAIT)
                    .until(() ->
                            get(
                                                    client,
                                                    "/metrics",
                                                    "Authorization",
                                                    "Bearer the-next-token-of-nobody")
                                            .statusCode()
                                    == 200);
            assertThat(get(client, "/metrics", "Authorization", "Bearer " + TOKEN).statusCode())
                    .isEqualTo(401);
        }
    }
}
