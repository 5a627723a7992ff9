package io.paybeacon.probe.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpCall.Header;
import io.paybeacon.probe.limits.Limits;
import io.vertx.core.buffer.Buffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 over one connection, one stream at a time. It waits for the peer's settings before it asks
 * anything, so that the limits in them hold for the first stream too.
 */
final class Http2Connection extends Http2ConnectionHandler implements HttpConnection {

    /** Headers that HTTP/2 has no room for (RFC 9113, section 8.2.2). */
    private static final Set<String> OF_HTTP_1 =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private static final int FIRST_FINAL_STATUS = 200;

    private final ProbeChannel channel;
    private final AttemptStamps first;
    private final Consumer<@Nullable Throwable> ready;
    private @Nullable ChannelHandlerContext context;
    private @Nullable AttemptStamps stamps;
    private @Nullable Answer answer;
    private int stream;
    private boolean settled;
    private boolean headSeen;
    private boolean leaving;

    private Http2Connection(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings,
            ProbeChannel channel,
            AttemptStamps first,
            Consumer<@Nullable Throwable> ready) {
        super(decoder, encoder, settings);
        this.channel = channel;
        this.first = first;
        this.ready = ready;
        decoder.frameListener(new Frames());
    }

    /**
     * Begins HTTP/2.
     *
     * @param first the attempt that opens the connection
     * @param ready told once: null when the peer's settings have come, else why they have not
     */
    static Http2Connection over(
            ProbeChannel channel, AttemptStamps first, Consumer<@Nullable Throwable> ready) {
        first.settingsStarted = System.nanoTime();
        Http2Connection connection = new Builder(channel, first, ready).build();
        channel.pipeline().addLast(connection);
        channel.flush();
        return connection;
    }

    @Override
    public ProbeChannel channel() {
        return channel;
    }

    @Override
    public boolean isReusable() {
        return settled
                && answer == null
                && !leaving
                && channel.isActive()
                && connection().local().canOpenStream();
    }

    @Override
    public void send(
            HttpRequest request, Buffer body, AttemptStamps attempt, Answer attemptAnswer) {
        ChannelHandlerContext current = context;
        if (current == null) {
            throw new IllegalStateException("The connection is not in its pipeline");
        }
        Http2Headers headers = headers(request);
        stamps = attempt;
        answer = attemptAnswer;
        headSeen = false;
        if (connection().local().maxActiveStreams() < 1) {
            fail(attemptAnswer, protocol("the peer allows no stream (MAX_CONCURRENT_STREAMS 0)"));
            return;
        }
        int id = connection().local().incrementAndGetNextStreamId();
        stream = id;
        attempt.writeStarts();
        write(current, id, headers, body)
                .addListener(written -> {
                    if (written.isSuccess()) {
                        attempt.writeEnds();
                    } else if (stream == id) {
                        broken(written.cause());
                    }
                });
        flush(current);
    }

    /** The future of the last byte. */
    private ChannelFuture write(
            ChannelHandlerContext current, int id, Http2Headers headers, Buffer body) {
        boolean noBody = body.length() == 0;
        ChannelFuture head =
                encoder().writeHeaders(current, id, headers, 0, noBody, current.newPromise());
        return noBody
                ? head
                : encoder()
                        .writeData(
                                current,
                                id,
                                Unpooled.wrappedBuffer(body.getBytes()),
                                0,
                                true,
                                current.newPromise());
    }

    private static Http2Headers headers(HttpRequest request) {
        Http2Headers headers =
                new DefaultHttp2Headers()
                        .method(request.method())
                        .scheme(request.scheme())
                        .authority(request.authority())
                        .path(request.target());
        for (Header header : request.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!OF_HTTP_1.contains(name)) {
                headers.add(name, header.value());
            }
        }
        return headers;
    }

    private static AttemptException protocol(String detail) {
        return new AttemptException(ProbeReason.PROTOCOL, detail);
    }

    private void fail(Answer current, Throwable thrown) {
        leaving = true;
        answer = null;
        current.failed(thrown);
    }

    /** Whatever broke the connection broke the exchange on it. */
    private void broken(Throwable thrown) {
        leaving = true;
        Answer current = answer;
        if (current != null) {
            fail(current, thrown);
        } else if (!settled) {
            settled = true;
            ready.accept(thrown);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        context = added;
        super.handlerAdded(added);
        connection()
                .local()
                .flowController()
                .incrementWindowSize(
                        connection().connectionStream(),
                        Limits.HTTP2_WINDOW_BYTES - Http2CodecUtil.DEFAULT_WINDOW_SIZE);
    }

    @Override
    public void onError(ChannelHandlerContext current, boolean outbound, Throwable thrown) {
        broken(thrown);
        super.onError(current, outbound, thrown);
    }

    @Override
    public void channelInactive(ChannelHandlerContext current) throws Exception {
        broken(new ClosedChannelException());
        super.channelInactive(current);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext current, Throwable thrown) {
        broken(thrown);
        channel.kill();
    }

    private final class Frames extends Http2FrameAdapter {

        @Override
        public void onSettingsRead(ChannelHandlerContext current, Http2Settings settings) {
            if (!settled) {
                settled = true;
                first.settings = first.lastRead;
                ready.accept(null);
            }
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext current,
                int id,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean endOfStream) {
            onHeadersRead(current, id, headers, padding, endOfStream);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext current,
                int id,
                Http2Headers headers,
                int padding,
                boolean endOfStream) {
            Answer asked = answer;
            if (asked == null || id != stream) {
                return;
            }
            begins();
            if (headSeen) {
                if (endOfStream) {
                    end(asked, headers(headers));
                }
                return;
            }
            int status = status(headers);
            if (status == 0) {
                fail(asked, protocol("a response without a status"));
                return;
            }
            if (status < FIRST_FINAL_STATUS) {
                return;
            }
            headSeen = true;
            asked.head(status, headers(headers), "HTTP/2");
            if (endOfStream && answer != null) {
                end(asked, List.of());
            }
        }

        @Override
        public int onDataRead(
                ChannelHandlerContext current,
                int id,
                ByteBuf data,
                int padding,
                boolean endOfStream) {
            int taken = data.readableBytes() + padding;
            Answer asked = answer;
            if (asked != null && id == stream) {
                begins();
                if (!headSeen) {
                    fail(asked, protocol("a body before the head"));
                    return taken;
                }
                asked.body(data);
                if (endOfStream && answer != null) {
                    end(asked, List.of());
                }
            }
            return taken;
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext current, int id, long code) {
            Answer asked = answer;
            if (asked != null && id == stream) {
                fail(
                        asked,
                        new AttemptException(
                                ProbeReason.RESET, "the peer reset the stream: " + error(code)));
            }
        }

        @Override
        public void onGoAwayRead(
                ChannelHandlerContext current, int last, long code, ByteBuf debug) {
            leaving = true;
            Answer asked = answer;
            if (asked != null && stream > last) {
                fail(
                        asked,
                        new AttemptException(
                                ProbeReason.CLOSED, "the peer is going away: " + error(code)));
            }
        }

        private void begins() {
            AttemptStamps current = stamps;
            if (current != null) {
                current.answerBegins();
            }
        }

        private void end(Answer asked, List<Header> trailers) {
            answer = null;
            asked.end(trailers);
        }

        private static int status(Http2Headers headers) {
            CharSequence text = headers.status();
            try {
                return text == null ? 0 : Integer.parseInt(text, 0, text.length(), 10);
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        private static List<Header> headers(Http2Headers headers) {
            List<Header> list = new ArrayList<>();
            headers.forEach(h -> {
                if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(h.getKey())) {
                    list.add(new Header(h.getKey().toString(), h.getValue().toString()));
                }
            });
            return list;
        }

        private static String error(long code) {
            Http2Error known = Http2Error.valueOf(code);
            return known == null ? "code " + code : known.name();
        }
    }

    private static final class Builder
            extends AbstractHttp2ConnectionHandlerBuilder<Http2Connection, Builder> {

        private final ProbeChannel channel;
        private final AttemptStamps first;
        private final Consumer<@Nullable Throwable> ready;

        Builder(ProbeChannel channel, AttemptStamps first, Consumer<@Nullable Throwable> ready) {
            this.channel = channel;
            this.first = first;
            this.ready = ready;
            server(false);
            initialSettings(
                    Http2Settings.defaultSettings()
                            .pushEnabled(false)
                            .initialWindowSize(Limits.HTTP2_WINDOW_BYTES)
                            .maxHeaderListSize(Limits.HEAD_BYTES_MAX));
            gracefulShutdownTimeoutMillis(0);
        }

        @Override
        protected Http2Connection build() {
            return super.build();
        }

        @Override
        protected Http2Connection build(
                Http2ConnectionDecoder decoder,
                Http2ConnectionEncoder encoder,
                Http2Settings settings) {
            return new Http2Connection(decoder, encoder, settings, channel, first, ready);
        }
    }
}
