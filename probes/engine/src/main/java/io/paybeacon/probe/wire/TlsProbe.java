package io.paybeacon.probe.wire;

import io.paybeacon.probe.http.Dialer;
import io.paybeacon.probe.http.OpenAttempt;
import io.paybeacon.probe.http.ProbeChannel;
import io.paybeacon.probe.http.Route;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/** Makes TLS handshakes, each full and over a connection of its own. Thread-safe. */
public final class TlsProbe {

    private final Dialer dialer;

    /** A prober over the connections of a dialer. */
    public TlsProbe(Dialer dialer) {
        this.dialer = dialer;
    }

    /**
     * Makes one attempt. The future never fails: every way to fail is a value.
     *
     * @param context an event-loop context of the dialer's Vertx
     * @param profile how TLS is spoken
     */
    public Future<TlsAttempt> send(ContextInternal context, TlsProfile profile, TlsCall call) {
        return new Handshake(context, dialer, profile, call).send();
    }

    private static final class Handshake extends OpenAttempt {

        private final Promise<TlsAttempt> promise;

        Handshake(ContextInternal context, Dialer dialer, TlsProfile profile, TlsCall call) {
            super(
                    context,
                    dialer,
                    Route.direct(call.host(), call.port(), call.serverName(), true, profile),
                    call.deadline(),
                    Limits.HANDSHAKE_BYTES_MAX);
            this.promise = context.promise();
        }

        Future<TlsAttempt> send() {
            start(true);
            return promise.future();
        }

        @Override
        protected void connected(ProbeChannel channel) {
            finish(null);
        }

        @Override
        protected void ended(Phases phases, @Nullable Failure failure) {
            promise.complete(new TlsAttempt(phases, failure, facts(), address()));
        }
    }
}
