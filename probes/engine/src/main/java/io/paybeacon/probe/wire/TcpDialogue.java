package io.paybeacon.probe.wire;

import com.google.re2j.Matcher;
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
import io.vertx.core.internal.ContextInternal;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One TCP dialogue while it is under way: its turns, one after the other. */
final class TcpDialogue extends OpenAttempt {

    private final TcpCall call;
    private final Promise<TcpAttempt> promise;
    private final StringBuilder unread = new StringBuilder();
    private final List<String> matched = new ArrayList<>();
    private @Nullable ProbeChannel channel;
    private int turn;
    private long bytesIn;
    private long scanned;
    private boolean sent;

    TcpDialogue(ContextInternal context, Dialer dialer, TlsProfile profile, TcpCall call) {
        super(
                context,
                dialer,
                Route.direct(call.host(), call.port(), call.host(), call.tls(), profile),
                call.deadline(),
                2L * call.bytesMax() + Limits.HANDSHAKE_BYTES_MAX);
        this.call = call;
        this.promise = context.promise();
    }

    Future<TcpAttempt> send() {
        boolean upgrades = call.dialogue().stream().anyMatch(Exchange.StartTls.class::isInstance);
        start(call.tls() || upgrades);
        return promise.future();
    }

    @Override
    protected void connected(ProbeChannel open) {
        if (channel == null) {
            channel = open;
            open.pipeline().addLast(new Bytes());
        } else {
            turn++;
        }
        proceed(open);
    }

    /** Makes turns until one has to wait. */
    private void proceed(ProbeChannel open) {
        while (!done() && turn < call.dialogue().size()) {
            switch (call.dialogue().get(turn)) {
                case Exchange.Send send -> {
                    say(open, send);
                    return;
                }
                case Exchange.Expect expect -> {
                    if (!hears(expect)) {
                        return;
                    }
                }
                case Exchange.StartTls _ -> {
                    if (!unread.isEmpty()) {
                        // Taken for the first words under TLS, they could be anybody's.
                        fail(
                                new AttemptException(
                                        ProbeReason.PROTOCOL,
                                        "the peer sent more before TLS began"));
                        return;
                    }
                    startTls(open);
                    return;
                }
            }
            turn++;
        }
        if (!done()) {
            finish(null);
        }
    }

    private void say(ProbeChannel open, Exchange.Send send) {
        sent = true;
        boolean first = bytesIn == 0;
        if (first) {
            stamps().writeStarts();
        }
        open.writeAndFlush(Unpooled.wrappedBuffer(send.bytes().getBytes()))
                .addListener(written -> {
                    if (!written.isSuccess()) {
                        fail(written.cause());
                        return;
                    }
                    if (first) {
                        stamps().writeEnds();
                    }
                    turn++;
                    proceed(open);
                });
    }

    private boolean hears(Exchange.Expect expect) {
        if (!sent) {
            // The peer speaks first: what it takes to begin is its own time.
            stamps().writeEnds();
        }
        scanned += unread.length();
        if (scanned > Limits.TCP_SCAN_BYTES_MAX) {
            fail(tooLarge("the peer sends in too many small pieces"));
            return false;
        }
        Matcher matcher = expect.pattern().matcher(unread);
        if (matcher.find()) {
            String whole = matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
            matched.add(whole == null ? "" : whole);
            unread.delete(0, matcher.end());
            return true;
        }
        if (unread.length() > expect.bytesMax()) {
            fail(tooLarge("no match in %d bytes".formatted(expect.bytesMax())));
        }
        return false;
    }

    private static AttemptException tooLarge(String detail) {
        return new AttemptException(ProbeReason.TOO_LARGE, detail);
    }

    private void arrived(ByteBuf bytes) {
        stamps().answerBegins();
        bytesIn += bytes.readableBytes();
        unread.append(bytes.toString(StandardCharsets.ISO_8859_1));
        ProbeChannel open = channel;
        if (bytesIn > call.bytesMax()) {
            fail(tooLarge("more than %d bytes".formatted(call.bytesMax())));
        } else if (open != null
                && turn < call.dialogue().size()
                && call.dialogue().get(turn) instanceof Exchange.Expect) {
            proceed(open);
        }
    }

    private void broke(Throwable thrown) {
        boolean expected =
                turn < call.dialogue().size()
                        && call.dialogue().get(turn) instanceof Exchange.Expect
                        && thrown instanceof ClosedChannelException;
        fail(
                expected && bytesIn > 0
                        ? new AttemptException(
                                ProbeReason.CLOSED,
                                "the peer closed before it said what turn %d expects"
                                        .formatted(turn + 1))
                        : thrown);
    }

    @Override
    protected void ended(Phases phases, @Nullable Failure failure) {
        promise.complete(
                new TcpAttempt(phases, failure, facts(), matched, bytesIn, sent, address()));
    }

    /** Takes what comes. */
    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof ByteBuf bytes && !done()) {
                    arrived(bytes);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            broke(new ClosedChannelException());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            broke(thrown);
        }
    }
}
