package io.paybeacon.probe.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Event loops, a dialer, and requests with the values that most tests want. */
public final class WireBench implements AutoCloseable {

    public static final Duration PATIENT = Duration.ofSeconds(20);
    public static final Duration IMPATIENT = Duration.ofMillis(300);
    public static final int BODY_BYTES_MAX = 64 * 1024;

    public final Vertx vertx = Vertx.vertx();
    public final Dialer dialer;
    public final HttpProbe http;

    public WireBench() {
        this(TlsEngine.best());
    }

    public WireBench(TlsEngine engine) {
        this.dialer = new Dialer(vertx, null, engine);
        this.http = new HttpProbe(dialer);
    }

    public ContextInternal context() {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    public static HttpCall call(
            String method, Protocol protocol, boolean tls, int port, String body) {
        return call(method, protocol, tls, port, body, PATIENT, Optional.empty());
    }

    public static HttpCall call(
            String method,
            Protocol protocol,
            boolean tls,
            int port,
            String body,
            Duration deadline,
            Optional<Proxy> proxy) {
        return new HttpCall(
                method,
                tls,
                "localhost",
                port,
                "/v1/things?limit=1",
                List.of(new HttpCall.Header("X-Probe", "1")),
                Buffer.buffer(body),
                deadline,
                BODY_BYTES_MAX,
                protocol,
                proxy);
    }

    public HttpAttempt send(TlsProfile profile, HttpCall call) throws Exception {
        return send(context(), profile, call, null);
    }

    public HttpAttempt send(
            ContextInternal context,
            TlsProfile profile,
            HttpCall call,
            @Nullable KeptConnection kept)
            throws Exception {
        return http.send(context, profile, call, kept).await(40, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws TimeoutException {
        dialer.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }
}
