package io.paybeacon.probe.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.ScheduledFuture;
import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A question by UDP while it is under way. Confined to the event loop of its context. */
final class DnsDatagram {

    private final ContextInternal context;
    private final InetSocketAddress server;
    private final DnsCall call;
    private final int id;
    private final Buffer question;
    private final Promise<DnsAttempt> promise;
    private final NioDatagramChannel channel = new NioDatagramChannel();
    private final Map<Phase, Long> phases = new EnumMap<>(Phase.class);
    private @Nullable ScheduledFuture<?> timer;
    private long startedNanos;
    private long writeNanos;
    private long writtenNanos;
    private boolean done;

    DnsDatagram(
            ContextInternal context,
            InetSocketAddress server,
            DnsCall call,
            int id,
            Buffer question) {
        this.context = context;
        this.server = server;
        this.call = call;
        this.id = id;
        this.question = question;
        this.promise = context.promise();
    }

    Future<DnsAttempt> send() {
        context.runOnContext(_ -> begin());
        return promise.future();
    }

    private void begin() {
        startedNanos = System.nanoTime();
        timer =
                context.nettyEventLoop()
                        .schedule(
                                this::onDeadline,
                                Math.max(1, call.deadline().toNanos()),
                                TimeUnit.NANOSECONDS);
        channel.pipeline().addLast(new Answers());
        context.nettyEventLoop()
                .register(channel)
                .addListener(registered -> {
                    if (registered.isSuccess()) {
                        // A connected socket takes answers from that server only.
                        channel.connect(server).addListener(c -> onConnected(c.cause()));
                    } else {
                        fail(ProbeReason.AGENT_FAULT, "no socket: " + registered.cause());
                    }
                });
    }

    private void onConnected(@Nullable Throwable failure) {
        if (failure != null) {
            fail(ProbeReason.CONNECT_OTHER, "no way to the name server: " + failure.getMessage());
            return;
        }
        writeNanos = System.nanoTime();
        channel.writeAndFlush(
                        new DatagramPacket(Unpooled.wrappedBuffer(question.getBytes()), server))
                .addListener(written -> {
                    if (written.isSuccess()) {
                        writtenNanos = System.nanoTime();
                        phases.put(Phase.WRITE, writtenNanos - writeNanos);
                    } else {
                        fail(written.cause());
                    }
                });
    }

    private void onDeadline() {
        fail(ProbeReason.DNS, "the name server did not answer in time");
    }

    private void fail(Throwable thrown) {
        if (thrown instanceof PortUnreachableException) {
            fail(ProbeReason.CONNECT_REFUSED, "no name server listens at that port");
        } else {
            fail(ProbeReason.CONNECT_OTHER, "no way to the name server: " + thrown.getMessage());
        }
    }

    private void fail(ProbeReason reason, String detail) {
        if (!done) {
            Phases measured = end();
            promise.complete(DnsProbe.failed(measured, new Failure(reason, detail)));
        }
    }

    private void answered(Buffer message) {
        if (!done && DnsMessage.answers(message, id)) {
            Phases measured = end();
            promise.complete(DnsProbe.judge(measured, message, call));
        }
    }

    private Phases end() {
        done = true;
        long now = System.nanoTime();
        if (phases.containsKey(Phase.WRITE)) {
            phases.put(Phase.SERVER, now - writtenNanos);
        }
        if (timer != null) {
            timer.cancel(false);
        }
        ChannelFuture _ = channel.close();
        return new Phases(phases, now - startedNanos);
    }

    /** Takes what comes. */
    private final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
            byte[] bytes = new byte[packet.content().readableBytes()];
            packet.content().readBytes(bytes);
            answered(Buffer.buffer(bytes));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
            fail(thrown);
        }
    }
}
