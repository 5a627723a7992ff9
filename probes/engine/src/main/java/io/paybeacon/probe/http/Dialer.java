package io.paybeacon.probe.http;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandle;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections for attempts: resolves, connects, goes through a proxy, speaks TLS, and stamps
 * each of these phases. One serves a whole engine. Thread-safe.
 */
public final class Dialer implements AutoCloseable {

    private final TlsEngine engine;
    private final Resolver resolver;
    private final TlsContexts contexts;
    private final CertificateFacts facts = new CertificateFacts();
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    /**
     * A dialer with the best TLS engine.
     *
     * @param vertx whose event loops carry the attempts
     * @param nameServer the name server to ask; null for the ones of the machine
     * @throws IllegalArgumentException if the event loops are not those of NIO
     */
    public Dialer(Vertx vertx, @Nullable InetSocketAddress nameServer) {
        this(vertx, nameServer, TlsEngine.best());
    }

    /** A dialer with that TLS engine. */
    public Dialer(Vertx vertx, @Nullable InetSocketAddress nameServer, TlsEngine engine) {
        EventLoop loop = ((VertxInternal) vertx).createEventLoopContext().nettyEventLoop();
        if (!(loop instanceof IoEventLoop io && io.isCompatible(NioIoHandle.class))) {
            throw new IllegalArgumentException(
                    "Build this Vertx without a native transport: its channels are not stamped");
        }
        this.engine = engine;
        this.resolver = new Resolver(nameServer);
        this.contexts = new TlsContexts(vertx, engine);
    }

    /** What makes the TLS handshakes. */
    public TlsEngine engine() {
        return engine;
    }

    /** The name server of the machine, or the one given, that is asked first for a name. */
    public InetSocketAddress nameServerFor(String name) {
        return resolver.serverFor(name);
    }

    Future<SslContext> tlsContext(TlsProfile profile, boolean http2) {
        return contexts.get(profile, http2);
    }

    CertificateFacts facts() {
        return facts;
    }

    Connector connector(
            EventLoop loop,
            Route route,
            @Nullable SslContext tls,
            AttemptStamps stamps,
            Connector.Outcome outcome) {
        return new Connector(loop, resolver, open, route, tls, stamps, outcome);
    }

    /** Closes every connection; attempts under way fail. */
    @Override
    public void close() {
        resolver.close();
        ChannelGroupFuture _ = open.close();
    }
}
