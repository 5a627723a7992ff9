package io.paybeacon.probe.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.AttemptException;
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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** A question by TCP while it is under way: two bytes of length before each message. */
final class DnsStream extends OpenAttempt {

    private static final int LENGTH_BYTES = 2;

    private final DnsCall call;
    private final int id;
    private final Buffer question;
    private final Promise<DnsAttempt> promise;
    private final Buffer arrived = Buffer.buffer();
    private Buffer answer = Buffer.buffer();

    DnsStream(
            ContextInternal context,
            Dialer dialer,
            String host,
            int port,
            DnsCall call,
            int id,
            Buffer question) {
        super(
                context,
                dialer,
                Route.direct(host, port, host, false, TlsProfile.PUBLIC),
                call.deadline(),
                Limits.DNS_MESSAGE_BYTES_MAX + LENGTH_BYTES);
        this.call = call;
        this.id = id;
        this.question = question;
        this.promise = context.promise();
    }

    Future<DnsAttempt> send() {
        start(false);
        return promise.future();
    }

    @Override
    protected void connected(ProbeChannel channel) {
        channel.pipeline().addLast(new Answers());
        stamps().writeStarts();
        channel.writeAndFlush(
                        Unpooled.wrappedBuffer(
                                Buffer.buffer()
                                        .appendUnsignedShort(question.length())
                                        .appendBuffer(question)
                                        .getBytes()))
                .addListener(written -> {
                    if (written.isSuccess()) {
                        stamps().writeEnds();
                    } else {
                        fail(written.cause());
                    }
                });
    }

    private void take(ByteBuf bytes) {
        stamps().answerBegins();
        byte[] piece = new byte[bytes.readableBytes()];
        bytes.readBytes(piece);
        arrived.appendBytes(piece);
        if (arrived.length() < LENGTH_BYTES) {
            return;
        }
        int end = LENGTH_BYTES + arrived.getUnsignedShort(0);
        if (arrived.length() < end) {
            return;
        }
        answer = arrived.slice(LENGTH_BYTES, end);
        if (DnsMessage.answers(answer, id)) {
            finish(null);
        } else {
            fail(new AttemptException(ProbeReason.PROTOCOL, "no DNS answer: not to this question"));
        }
    }

    @Override
    protected void ended(Phases phases, @Nullable Failure failure) {
        if (failure == null) {
            promise.complete(DnsProbe.judge(phases, answer, call));
        } else {
            boolean silent = failure.reason() == ProbeReason.TTFB_TIMEOUT;
            promise.complete(
                    DnsProbe.failed(
                            phases,
                            silent
                                    ? new Failure(
                                            ProbeReason.DNS,
                                            "the name server did not answer in time")
                                    : failure));
        }
    }

    /** Takes what comes. */
    private final class Answers extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof ByteBuf bytes && !done()) {
                    take(bytes);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            fail(new ClosedChannelException());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            fail(thrown);
        }
    }
}
