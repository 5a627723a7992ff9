package io.paybeacon.probe.http;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.limits.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts against a server of the agent's own, on loopback, so that loading classes and compiling
 * them does not stand in the first samples: the first TLS handshake of a fresh process takes
 * hundreds of milliseconds, a later one less than one.
 *
 * <p>Runs in the background; after {@link Limits#WARM_UP_TIME} it begins no attempt but the first
 * of each lane. Nothing of it is told to any listener.
 */
public final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final String HOST = "localhost";
    private static final int BODY_BYTES = 512;

    private final Vertx vertx;
    private final Dialer dialer;
    private final HttpProbe probe;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger passed = new AtomicInteger();
    private final Duration time;
    private final long untilNanos;

    private WarmUp(Vertx vertx, Dialer dialer, Duration time) {
        this.time = time;
        this.vertx = vertx;
        this.dialer = dialer;
        this.probe = new HttpProbe(dialer);
        this.untilNanos = System.nanoTime() + time.toNanos();
    }

    /**
     * What came of it.
     *
     * @param attempts attempts that were made
     * @param passed those that passed
     */
    public record Result(int attempts, int passed) {}

    /**
     * Warms up a dialer.
     *
     * @param vertx the one whose event loops the dialer uses
     * @return never fails; complete when warm, or when the time for it is over
     */
    public static Future<Result> run(Vertx vertx, Dialer dialer) {
        return run(vertx, dialer, Limits.WARM_UP_TIME);
    }

    /**
     * Warms up a dialer.
     *
     * @param time after which no further attempt begins
     */
    static Future<Result> run(Vertx vertx, Dialer dialer, Duration time) {
        return new WarmUp(vertx, dialer, time).run();
    }

    private Future<Result> run() {
        // The JDK's trust store is large; the first attempt would have to read it.
        Future<?> trust = dialer.tlsContext(TlsProfile.PUBLIC, false);
        return vertx.executeBlocking(LoopbackCertificate::create, false)
                .compose(made -> serve(requireNonNull(made)))
                .eventually(() -> trust.otherwiseEmpty())
                .onFailure(thrown -> LOG.warn("The warm-up did not run", thrown))
                .otherwiseEmpty()
                .map(_ -> new Result(begun.get(), passed.get()));
    }

    private Future<Void> serve(LoopbackCertificate certificate) {
        HttpServerOptions secured =
                new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .setCertValue(Buffer.buffer(certificate.certificatePem()))
                                        .setKeyValue(Buffer.buffer(certificate.keyPem())));
        TlsProfile profile = TlsProfile.trusting(certificate.certificatePem());
        HttpServer plain = answering(new HttpServerOptions());
        HttpServer tls = answering(secured);
        return plain.listen(0, HOST)
                .compose(_ -> tls.listen(0, HOST))
                .compose(_ -> send(profile, plain.actualPort(), tls.actualPort()))
                .eventually(() -> Future.join(plain.close(), tls.close()));
    }

    private HttpServer answering(HttpServerOptions options) {
        Buffer body = Buffer.buffer(new byte[BODY_BYTES]);
        return vertx.createHttpServer(options)
                .requestHandler(request -> {
                    request.response().end(body);
                });
    }

    private Future<Void> send(TlsProfile profile, int plainPort, int tlsPort) {
        List<HttpCall> calls =
                List.of(
                        call(Protocol.HTTP_1_1, false, plainPort),
                        call(Protocol.HTTP_1_1, true, tlsPort),
                        call(Protocol.HTTP_1_1, true, tlsPort),
                        call(Protocol.HTTP_2, true, tlsPort));
        List<Future<Void>> lanes = new ArrayList<>();
        for (int i = 0; i < Limits.WARM_UP_LANES; i++) {
            ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
            lanes.add(next(context, profile, calls));
        }
        return Future.join(lanes).mapEmpty();
    }

    /** One attempt after the other, until there were enough or the time is over. */
    private Future<Void> next(ContextInternal context, TlsProfile profile, List<HttpCall> calls) {
        int number = begun.getAndIncrement();
        boolean late = number >= Limits.WARM_UP_LANES && System.nanoTime() - untilNanos > 0;
        if (late || number >= Limits.WARM_UP_ATTEMPTS) {
            begun.decrementAndGet();
            return context.succeededFuture();
        }
        return probe.send(context, profile, calls.get(number % calls.size()))
                .compose(attempt -> {
                    if (attempt.failure() == null) {
                        passed.incrementAndGet();
                    }
                    return next(context, profile, calls);
                });
    }

    private HttpCall call(Protocol protocol, boolean tls, int port) {
        return new HttpCall(
                "POST",
                tls,
                HOST,
                port,
                "/",
                List.of(new HttpCall.Header("content-type", "application/json")),
                Buffer.buffer("{}"),
                time,
                2 * BODY_BYTES,
                protocol,
                Optional.empty());
    }
}
