package io.paybeacon.server.cli;

import io.paybeacon.probe.secret.Secret;
import io.paybeacon.server.config.AccessToken;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.KeyPairPem;
import io.paybeacon.server.config.ListenConfig;
import io.paybeacon.server.config.Role;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Asks the running agent that a configuration describes, over its API. */
final class ApiClient implements AutoCloseable {
    /** In place of a token of the configuration. */
    static final String TOKEN_VARIABLE = "PAYBEACON_TOKEN";

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofMinutes(10);

    private final HttpClient client;
    private final String base;
    private final Optional<String> token;

    private ApiClient(HttpClient client, String base, Optional<String> token) {
        this.client = client;
        this.base = base;
        this.token = token;
    }

    /**
     * A client of the agent.
     *
     * @param url where it is; empty for where the configuration has it listen
     * @param tokenName which configured token to show; empty for the first that will do
     * @param shown the token to show in place of a configured one
     * @throws IOException if it cannot be told where or how; the message says what to do
     */
    static ApiClient of(
            AgentConfig config,
            Optional<String> url,
            Optional<String> tokenName,
            Optional<String> shown,
            Role needed)
            throws IOException {
        ListenConfig listen = config.listen();
        if (url.isEmpty() && listen.port() == 0) {
            throw new IOException(
                    "the configuration has the agent listen on any free port; say where it listens"
                            + " with --url");
        }
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_MAX);
        if (listen.tls().isPresent()) {
            builder.sslContext(trusting(listen.tls().get()));
        }
        Optional<String> token =
                shown.isPresent() ? shown : token(listen.tokens(), tokenName, needed);
        return new ApiClient(
                builder.build(),
                url.map(given -> given.replaceFirst("/+$", "")).orElseGet(() -> here(listen)),
                token);
    }

    /** Where an agent of this machine is reached that listens there. */
    private static String here(ListenConfig listen) {
        String host = listen.host();
        String own =
                switch (host) {
                    case "0.0.0.0" -> "127.0.0.1";
                    case "::" -> "[::1]";
                    default -> host.contains(":") ? "[" + host + "]" : host;
                };
        return (listen.tls().isPresent() ? "https://" : "http://") + own + ":" + listen.port();
    }

    private static Optional<String> token(
            List<AccessToken> tokens, Optional<String> name, Role needed) throws IOException {
        if (name.isPresent() && tokens.stream().noneMatch(t -> t.name().equals(name.get()))) {
            throw new IOException(
                    "the configuration has no token \""
                            + name.get()
                            + "\"; name one of those under tokens with --as");
        }
        return tokens.stream()
                .filter(token -> name.isEmpty() || token.name().equals(name.get()))
                .filter(token -> name.isPresent() || token.role().covers(needed))
                .findFirst()
                .map(AccessToken::secrets)
                .map(List::getLast)
                .map(Secret::reveal);
    }

    private static SSLContext trusting(KeyPairPem keys) throws IOException {
        try {
            X509Certificate own =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(
                                                    keys.certificatePem()
                                                            .getBytes(StandardCharsets.UTF_8)));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new PinnedCertificate(own)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the configured certificate cannot be used", e);
        }
    }

    /** The agent did not do what it was asked; the message says why. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** One part of a path or a query, escaped. */
    static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonObject get(String path) throws IOException, InterruptedException, RefusedException {
        return send("GET", path, Optional.empty());
    }

    /** Sends a command once, under a key by which the agent would know it again. */
    JsonObject send(String method, String path, Optional<JsonObject> body)
            throws IOException, InterruptedException, RefusedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(ANSWER_MAX)
                        .header("Accept", "application/json")
                        .method(
                                method,
                                body.isPresent()
                                        ? BodyPublishers.ofString(body.get().encode())
                                        : BodyPublishers.noBody());
        body.ifPresent(_ ->
                request.header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString()));
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        JsonObject json;
        try {
            json = new JsonObject(answer.body());
        } catch (DecodeException e) {
            throw new RefusedException(
                    "%s answered %d, and no JSON; is it an agent?"
                            .formatted(base, answer.statusCode()));
        }
        if (answer.statusCode() >= 400) {
            throw new RefusedException(
                    "%s: %s"
                            .formatted(
                                    json.getString("title", "refused"),
                                    json.getString("detail", "")));
        }
        return json;
    }

    /** Whether nobody listens there. */
    static boolean nobodyListens(IOException e) {
        return e instanceof ConnectException;
    }

    @Override
    public void close() {
        client.close();
    }
}
