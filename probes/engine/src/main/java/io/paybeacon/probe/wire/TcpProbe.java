package io.paybeacon.probe.wire;

import io.paybeacon.probe.http.Dialer;
import io.paybeacon.probe.http.TlsProfile;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;

/** Holds TCP dialogues, each over a connection of its own. Thread-safe. */
public final class TcpProbe {

    private final Dialer dialer;

    /** A prober over the connections of a dialer. */
    public TcpProbe(Dialer dialer) {
        this.dialer = dialer;
    }

    /**
     * Makes one attempt. The future never fails: every way to fail is a value.
     *
     * @param context an event-loop context of the dialer's Vertx
     * @param profile how TLS is spoken, when it is
     */
    public Future<TcpAttempt> send(ContextInternal context, TlsProfile profile, TcpCall call) {
        return new TcpDialogue(context, dialer, profile, call).send();
    }
}
