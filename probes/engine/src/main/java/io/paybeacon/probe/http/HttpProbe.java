package io.paybeacon.probe.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP requests, each as exactly one attempt on the wire: no redirect, no retry, no
 * decompression, no connection but the one that was asked for.
 *
 * <p>Thread-safe; the attempt itself runs on the event loop of the context that is passed in.
 */
public final class HttpProbe {

    private final Dialer dialer;

    /**
     * A sender of requests with a dialer of its own.
     *
     * @param vertx whose event loops carry the attempts
     * @param nameServer the name server to ask; null for the ones of the machine
     */
    public HttpProbe(Vertx vertx, @Nullable InetSocketAddress nameServer) {
        this(new Dialer(vertx, nameServer));
    }

    /** A sender of requests over the connections of a dialer. */
    public HttpProbe(Dialer dialer) {
        this.dialer = dialer;
    }

    /**
     * Makes one attempt over a connection of its own. The future never fails: every way to fail is
     * a value.
     *
     * @param context an event-loop context of the same Vertx
     * @param profile how TLS is spoken
     */
    public Future<HttpAttempt> send(ContextInternal context, TlsProfile profile, HttpCall call) {
        return send(context, profile, call, null);
    }

    /**
     * Makes one attempt over the kept connection, when it is open and goes to the same origin, else
     * over a new one, which is then kept. The future never fails: every way to fail is a value.
     *
     * @param context an event-loop context of the same Vertx
     * @param profile how TLS is spoken
     * @param kept what the run keeps; null for a connection of the attempt's own
     */
    public Future<HttpAttempt> send(
            ContextInternal context,
            TlsProfile profile,
            HttpCall call,
            @Nullable KeptConnection kept) {
        Route route = Route.of(call, profile);
        return new HttpExchange(context, dialer, route, call, kept).send();
    }

    /** Closes the connections; attempts under way fail. */
    public Future<Void> close() {
        dialer.close();
        return Future.succeededFuture();
    }
}
