package io.paybeacon.bench.probe;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A process that is probed: a small answer over plain HTTP and over TLS, as fast as it can. It says
 * its two ports, then answers {@code counts} with requests, full and resumed handshakes, and {@code
 * arrivals FILE} by writing when each path that ends in /slot was asked for; ends with its input.
 */
final class TargetServer {
    /** The end of paths of which it is noted when each request arrived. */
    private static final String SLOT_PATH = "/slot";

    private static final int REQUEST_BYTES_MAX = 64 * 1024;
    private static final int BACKLOG = 1024;
    private static final byte[] BODY =
            "{\"id\":\"ch_1\",\"status\":\"succeeded\",\"amount\":1099,\"currency\":\"usd\"}"
                    .repeat(8)
                    .getBytes(StandardCharsets.US_ASCII);

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong full = new AtomicLong();
    private final AtomicLong resumed = new AtomicLong();
    private final Queue<String> arrivals = new ConcurrentLinkedQueue<>();

    /** Serves: the chain's file, the key's file. */
    public static void main(String[] args) throws Exception {
        SslContext tls =
                SslContextBuilder.forServer(new File(args[0]), new File(args[1]))
                        .sslProvider(SslProvider.OPENSSL)
                        .build();
        TargetServer server = new TargetServer();
        System.out.println(server.listen(null) + " " + server.listen(tls));
        BufferedReader questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(server.answer(line));
        }
        System.exit(0);
    }

    private int listen(@Nullable SslContext secured) throws InterruptedException {
        Channel channel =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel accepted) {
                                        if (secured != null) {
                                            accepted.pipeline()
                                                    .addLast(secured.newHandler(accepted.alloc()));
                                        }
                                        accepted.pipeline()
                                                .addLast(
                                                        new HttpServerCodec(),
                                                        new HttpObjectAggregator(REQUEST_BYTES_MAX),
                                                        new Answering());
                                    }
                                })
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .sync()
                        .channel();
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private String answer(String question) throws IOException {
        if (question.startsWith("arrivals ")) {
            Files.write(Path.of(question.substring("arrivals ".length())), List.copyOf(arrivals));
            return Integer.toString(arrivals.size());
        }
        return "%d %d %d".formatted(requests.get(), full.get(), resumed.get());
    }

    private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            requests.incrementAndGet();
            if (request.uri().endsWith(SLOT_PATH)) {
                Instant now = Instant.now();
                arrivals.add(
                        request.uri().substring(1, request.uri().length() - SLOT_PATH.length())
                                + " "
                                + (now.getEpochSecond() * 1_000_000_000L + now.getNano()));
            }
            DefaultFullHttpResponse response =
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            HttpResponseStatus.OK,
                            Unpooled.wrappedBuffer(BODY));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, BODY.length);
            boolean stays = HttpUtil.isKeepAlive(request);
            HttpUtil.setKeepAlive(response, stays);
            ChannelFuture written = context.writeAndFlush(response);
            if (!stays) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
                SSLEngine engine = context.pipeline().get(SslHandler.class).engine();
                boolean again =
                        engine instanceof ReferenceCountedOpenSslEngine boring
                                && SSL.isSessionReused(boring.sslPointer());
                (again ? resumed : full).incrementAndGet();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            // Clients that go away in the middle are of no interest here.
            ChannelFuture _ = context.close();
        }
    }
}
