package io.paybeacon.probe.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt while it is under way, whatever it speaks: its connection, its deadline, its one end.
 * Confined to the event loop of its context. Its own timer ends it, wherever it may hang.
 */
public abstract class OpenAttempt {

    private final ContextInternal context;
    private final Dialer dialer;
    private final Route route;
    private final Duration deadline;
    private final AttemptStamps stamps;
    private @Nullable SslContext tlsContext;
    private @Nullable Connector connector;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable TlsFacts facts;
    private boolean done;

    /**
     * An attempt that has not started.
     *
     * @param deadline time from its start to its end
     * @param rawBytesMax bytes read from the socket beyond which it ends
     */
    protected OpenAttempt(
            ContextInternal context,
            Dialer dialer,
            Route route,
            Duration deadline,
            long rawBytesMax) {
        this.context = context;
        this.dialer = dialer;
        this.route = route;
        this.deadline = deadline;
        this.stamps = new AttemptStamps(rawBytesMax);
    }

    /** The connection stands: TCP, the proxy's tunnel, and TLS when it begins with it. */
    protected abstract void connected(ProbeChannel channel);

    /**
     * The attempt has ended, once and for all; the socket is closed unless it was kept.
     *
     * @param failure null when it brought what was asked for
     */
    protected abstract void ended(Phases phases, @Nullable Failure failure);

    /** An open connection to use instead of a new one; null for a new one. */
    protected @Nullable ProbeChannel keptChannel() {
        return null;
    }

    /** Gives the connection back after a whole exchange, or closes it in the ordinary way. */
    protected void release(ProbeChannel channel) {
        channel.finish();
    }

    /**
     * Starts it; from any thread. The clock starts when it has its turn on the event loop and its
     * TLS context is there.
     *
     * @param tls whether a handshake may come
     */
    protected final void start(boolean tls) {
        if (!tls) {
            context.runOnContext(_ -> begin());
            return;
        }
        dialer.tlsContext(route.profile(), route.http2())
                .onComplete(
                        made ->
                                context.runOnContext(_ -> {
                                    tlsContext = made;
                                    begin();
                                }),
                        thrown -> context.runOnContext(_ -> refuse(thrown)));
    }

    /** Ends it before it began, for a fault of its description. */
    private void refuse(Throwable thrown) {
        done = true;
        ended(
                new Phases(Map.of(), 0),
                new Failure(
                        ProbeReason.AGENT_FAULT,
                        "TLS cannot be set up: " + FailureClassifier.describe(thrown)));
    }

    private void begin() {
        stamps.started = System.nanoTime();
        long nanos = Math.max(1, deadline.toNanos());
        timer = context.nettyEventLoop().schedule(this::onDeadline, nanos, TimeUnit.NANOSECONDS);
        try {
            ProbeChannel kept = keptChannel();
            if (kept != null) {
                stamps.warm = true;
                kept.serve(stamps);
                connected(kept);
                return;
            }
            connector =
                    dialer.connector(
                            context.nettyEventLoop(), route, tlsContext, stamps, new End());
            connector.start();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void onDeadline() {
        if (!done) {
            stamps.deadlinePassed = true;
            fail(new TimeoutException("deadline"));
        }
    }

    /** Goes over to TLS on the same connection; {@link #connected} follows a second time. */
    protected final void startTls(ProbeChannel channel) {
        Connector current = connector;
        SslContext made = tlsContext;
        if (current == null || made == null) {
            throw new IllegalStateException("Started without TLS");
        }
        current.startTls(channel, made);
    }

    /** The moments of the attempt. */
    protected final AttemptStamps stamps() {
        return stamps;
    }

    /** Where the connection goes to; null as in {@link Attempt#address}. */
    protected final @Nullable InetAddress address() {
        return stamps.address;
    }

    /** What the peer has shown in the TLS handshake so far. */
    protected final @Nullable TlsFacts facts() {
        return facts;
    }

    /** Takes over what the peer showed when the kept connection was made. */
    protected final void facts(@Nullable TlsFacts known) {
        facts = known;
    }

    /** Whether it has ended. */
    protected final boolean done() {
        return done;
    }

    /** Ends it with a failure; a second end does nothing. */
    protected final void fail(Throwable thrown) {
        if (done) {
            return;
        }
        done = true;
        stamps.ended = System.nanoTime();
        if (facts == null) {
            facts = dialer.facts().of(thrown);
        }
        stopTimer();
        Failure failure = FailureClassifier.classify(stamps, thrown);
        try {
            stamps.kill();
        } finally {
            ended(PhaseClock.phases(stamps), failure);
        }
    }

    /** Ends it: it brought what was asked for, or the answer itself is the failure. */
    protected final void finish(@Nullable Failure failure) {
        if (done) {
            return;
        }
        if (stamps.tooLarge) {
            fail(new TimeoutException("too large"));
            return;
        }
        done = true;
        stamps.ended = System.nanoTime();
        stopTimer();
        try {
            ProbeChannel channel = stamps.channel();
            if (channel != null) {
                release(channel);
            }
        } finally {
            ended(PhaseClock.phases(stamps), failure);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** What the connector says. */
    private final class End implements Connector.Outcome {
        @Override
        public void connected(ProbeChannel channel) {
            if (done) {
                return;
            }
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls != null) {
                facts = dialer.facts().of(tls.engine().getSession());
            }
            try {
                OpenAttempt.this.connected(channel);
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        @Override
        public void failed(Throwable thrown) {
            fail(thrown);
        }
    }
}
