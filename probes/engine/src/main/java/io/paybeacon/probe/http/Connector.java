package io.paybeacon.probe.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.secret.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connection of one attempt: resolve, connect, proxy, TLS, each stamped. On the event
 * loop of the attempt, and each failure told once.
 *
 * <p>The pipeline is made here and not by the HTTP client of Vert.x: that one sends the address and
 * not the name through a proxy, shows no certificate of a failed handshake, and takes its
 * connections' handlers away.
 */
final class Connector {

    /** What becomes of the connection. */
    interface Outcome {
        void connected(ProbeChannel channel);

        void failed(Throwable thrown);
    }

    /**
     * Numbers the TLS handshakes. The JDK looks sessions up by host and port; a port of its own for
     * each handshake means that none is found, also while another connection is open.
     */
    private static final AtomicInteger HANDSHAKES = new AtomicInteger();

    private final EventLoop loop;
    private final Resolver resolver;
    private final ChannelGroup open;
    private final Route route;
    private final @Nullable SslContext tls;
    private final AttemptStamps stamps;
    private final Outcome outcome;
    private boolean told;
    private boolean connected;

    Connector(
            EventLoop loop,
            Resolver resolver,
            ChannelGroup open,
            Route route,
            @Nullable SslContext tls,
            AttemptStamps stamps,
            Outcome outcome) {
        this.loop = loop;
        this.resolver = resolver;
        this.open = open;
        this.route = route;
        this.tls = tls;
        this.stamps = stamps;
        this.outcome = outcome;
    }

    void start() {
        stamps.proxied = route.tunnel();
        Resolver.withoutDns(route.nextHost()).ifPresentOrElse(this::connect, this::resolve);
    }

    private void resolve() {
        stamps.resolveStarted = System.nanoTime();
        resolver.resolve(loop, route.nextHost(), this::resolved);
    }

    private void resolved(@Nullable InetAddress address, @Nullable Throwable failure) {
        if (stamps.deadlinePassed) {
            return;
        }
        if (address == null) {
            fail(failure == null ? new IllegalStateException("no address") : failure);
            return;
        }
        stamps.resolved = System.nanoTime();
        connect(address);
    }

    private void connect(InetAddress address) {
        if (route.proxy().isEmpty()) {
            stamps.address = address;
        }
        ProbeChannel channel = new ProbeChannel(stamps);
        channel.config().setOption(ChannelOption.SO_SNDBUF, Limits.SEND_BUFFER_BYTES);
        channel.config().setConnectTimeoutMillis(0);
        InetSocketAddress next = new InetSocketAddress(address, route.nextPort());
        ProxyHandler proxy = route.tunnel() ? proxyHandler(next) : null;
        if (proxy != null) {
            channel.pipeline().addLast(proxy);
        }
        channel.pipeline().addLast(new FailureTap());
        loop.register(channel)
                .addListener(registered -> {
                    if (!registered.isSuccess()) {
                        fail(registered.cause());
                        return;
                    }
                    open.add(channel);
                    channel.connect(proxy == null ? next : named(route))
                            .addListener(connected -> {
                                if (!connected.isSuccess()) {
                                    fail(connected.cause());
                                } else if (proxy == null) {
                                    reached(channel);
                                }
                            });
                    if (proxy != null) {
                        proxy.connectFuture()
                                .addListener(tunnel -> {
                                    if (tunnel.isSuccess()) {
                                        stamps.tunnelled = System.nanoTime();
                                        reached(channel);
                                    } else {
                                        fail(tunnel.cause());
                                    }
                                });
                    }
                });
    }

    /** The target in the form in which a proxy is told it: a name, unless it is a literal. */
    private static InetSocketAddress named(Route route) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(route.host());
        return literal == null
                ? InetSocketAddress.createUnresolved(route.host(), route.port())
                : new InetSocketAddress(Resolver.address(literal), route.port());
    }

    private @Nullable ProxyHandler proxyHandler(InetSocketAddress address) {
        Proxy proxy = route.proxy().orElse(null);
        if (proxy == null) {
            return null;
        }
        String user = proxy.user().map(Secret::reveal).orElse("");
        String password = proxy.password().map(Secret::reveal).orElse("");
        ProxyHandler handler =
                switch (proxy.kind()) {
                    case HTTP ->
                            proxy.user().isEmpty()
                                    ? new HttpProxyHandler(address)
                                    : new HttpProxyHandler(address, user, password);
                    case SOCKS5 ->
                            proxy.user().isEmpty()
                                    ? new Socks5ProxyHandler(address)
                                    : new Socks5ProxyHandler(address, user, password);
                };
        handler.setConnectTimeoutMillis(0);
        return handler;
    }

    private void reached(ProbeChannel channel) {
        if (told) {
            return;
        }
        if (tls == null || !route.tls()) {
            tell(channel);
            return;
        }
        startTls(channel, tls);
    }

    /** Goes over to TLS; what comes of it is told as of a connection. */
    void startTls(ProbeChannel channel, SslContext context) {
        told = false;
        connected = false;
        SslHandler handler =
                context.newHandler(
                        channel.alloc(), route.serverName(), HANDSHAKES.incrementAndGet());
        handler.setHandshakeTimeoutMillis(0);
        sendDotlessName(handler);
        stamps.tlsStarted = System.nanoTime();
        handler.handshakeFuture()
                .addListener(done -> {
                    if (done.isSuccess()) {
                        stamps.handshaken = System.nanoTime();
                        tell(channel);
                    } else {
                        fail(done.cause());
                    }
                });
        channel.pipeline().addFirst(handler);
    }

    /** What the peers agreed on by ALPN; null for nothing, and without TLS. */
    static @Nullable String applicationProtocol(ProbeChannel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        return tls == null ? null : tls.applicationProtocol();
    }

    /** Engines leave names without a dot out of SNI, which a service in a cluster may well have. */
    private void sendDotlessName(SslHandler handler) {
        String name = route.serverName();
        if (name.indexOf('.') < 0 && !NetUtil.isValidIpV6Address(name)) {
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            handler.engine().setSSLParameters(parameters);
        }
    }

    private void tell(ProbeChannel channel) {
        if (!told && !stamps.deadlinePassed) {
            told = true;
            connected = true;
            outcome.connected(channel);
        }
    }

    private void fail(Throwable thrown) {
        if (!told) {
            told = true;
            outcome.failed(thrown);
        }
    }

    /** Ends what breaks before a protocol has taken its place at the end of the pipeline. */
    private final class FailureTap extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            if (connected) {
                context.fireExceptionCaught(thrown);
            } else {
                fail(thrown);
            }
        }
    }
}
