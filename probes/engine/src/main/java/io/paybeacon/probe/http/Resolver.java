package io.paybeacon.probe.http;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.paybeacon.probe.limits.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names on the event loop of the attempt, without a cache and without the hosts file, so
 * that each attempt measures the name service as it is.
 */
final class Resolver implements AutoCloseable {

    private final DnsServerAddressStreamProvider servers;

    /** One an event loop: a new one for each name would open a socket each time. */
    private final Map<EventLoop, DnsNameResolver> resolvers = new ConcurrentHashMap<>();

    /**
     * A resolver.
     *
     * @param server the name server; null for the ones of the machine
     */
    Resolver(@Nullable InetSocketAddress server) {
        this.servers =
                server == null
                        ? DnsServerAddressStreamProviders.platformDefault()
                        : new SingletonDnsServerAddressStreamProvider(server);
    }

    /** The address of a literal or of localhost, which no name server is asked for. */
    static Optional<InetAddress> withoutDns(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            return Optional.of(address(literal));
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost")
                ? Optional.of(address(new byte[] {127, 0, 0, 1}))
                : Optional.empty();
    }

    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address of " + bytes.length + " bytes", e);
        }
    }

    /**
     * Asks the name server.
     *
     * @param done receives the address or the failure, on the event loop; never both
     */
    void resolve(
            EventLoop loop,
            String host,
            BiConsumer<@Nullable InetAddress, @Nullable Throwable> done) {
        Future<InetAddress> query =
                resolvers.computeIfAbsent(loop, this::newResolver).resolve(host);
        query.addListener(answer -> {
            if (answer.isSuccess()) {
                done.accept(query.getNow(), null);
            } else {
                done.accept(null, answer.cause());
            }
        });
    }

    /** The name server that is asked first for a name. */
    InetSocketAddress serverFor(String host) {
        return servers.nameServerAddressStream(host).next();
    }

    private DnsNameResolver newResolver(EventLoop loop) {
        return new DnsNameResolverBuilder(loop)
                .datagramChannelFactory(NioDatagramChannel::new)
                .socketChannelFactory(NioSocketChannel::new)
                .nameServerProvider(servers)
                .resolveCache(NoopDnsCache.INSTANCE)
                .cnameCache(NoopDnsCnameCache.INSTANCE)
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                .hostsFileEntriesResolver(noHostsFile())
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .queryTimeoutMillis(Limits.DNS_QUERY_TIMEOUT.toMillis())
                .build();
    }

    /** Closes the sockets; names being resolved fail. */
    @Override
    public void close() {
        resolvers.values().forEach(DnsNameResolver::close);
        resolvers.clear();
    }

    @SuppressWarnings("NullAway") // Netty: null says that the file has no such entry.
    private static HostsFileEntriesResolver noHostsFile() {
        return (name, types) -> null;
    }
}
