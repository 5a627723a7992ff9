package io.paybeacon.probe.http;

import io.paybeacon.probe.limits.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP requests, each as exactly one attempt on the wire: a connection of its own, one
 * request, no redirect, no retry, no decompression.
 *
 * <p>Thread-safe; the attempt itself runs on the event loop of the context that is passed in.
 */
public final class HttpProbe {

    private final Vertx vertx;
    private final Resolver resolver;

    /** One client a profile: a Vert.x client caches its TLS context without regard to the rest. */
    private final Map<TlsProfile, HttpClientAgent> clients = new ConcurrentHashMap<>();

    /**
     * A sender of requests.
     *
     * @param vertx built with a {@link ProbeTransport}
     * @param nameServer the name server to ask; null for the ones of the machine
     * @throws IllegalArgumentException if the transport is another one
     */
    public HttpProbe(Vertx vertx, @Nullable InetSocketAddress nameServer) {
        if (!(((VertxInternal) vertx).transport() instanceof ProbeTransport)) {
            throw new IllegalArgumentException(
                    "Build this Vertx with withTransport(new ProbeTransport()): phases are taken"
                            + " there");
        }
        this.vertx = vertx;
        this.resolver = new Resolver(nameServer);
    }

    /**
     * Makes one attempt. The future never fails: every way to fail is a value.
     *
     * @param context an event-loop context of the same Vertx
     * @param profile how the certificate is judged
     */
    public Future<HttpAttempt> send(ContextInternal context, TlsProfile profile, HttpCall call) {
        AttemptStamps stamps =
                new AttemptStamps(2L * call.bodyBytesMax() + Limits.RAW_OVERHEAD_BYTES_MAX);
        stamps.usesTls = call.tls();
        ClientSSLOptions tls = call.tls() ? tlsOptions(profile) : null;
        HttpClientAgent client = clients.computeIfAbsent(profile, _ -> newClient());
        HttpExchange exchange = new HttpExchange(context, client, resolver, tls, call, stamps);
        context.runOnContext(_ -> exchange.start());
        return exchange.future();
    }

    /** Closes the clients; attempts under way fail. */
    public Future<Void> close() {
        List<Future<Void>> closing = new ArrayList<>();
        clients.values().forEach(client -> closing.add(client.close()));
        return Future.join(closing).mapEmpty();
    }

    private HttpClientAgent newClient() {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setUseAlpn(false)
                        .setDecompressionSupported(false)
                        .setMaxHeaderSize(Limits.HEAD_BYTES_MAX)
                        .setMaxInitialLineLength(Limits.STATUS_LINE_BYTES_MAX);
        options.setSendBufferSize(Limits.SEND_BUFFER_BYTES);
        return vertx.httpClientBuilder().with(options).build();
    }

    private static ClientSSLOptions tlsOptions(TlsProfile profile) {
        ClientSSLOptions options =
                new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS").setTrustAll(false);
        profile.trustedPem()
                .ifPresent(pem ->
                        options.setTrustOptions(
                                new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        return options;
    }
}
