package io.paybeacon.probe.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpCall.Header;
import io.paybeacon.probe.limits.Limits;
import io.vertx.core.buffer.Buffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over one connection, stricter than a browser: what a response leaves unclear is a
 * failure of the protocol, because money depends on it.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements HttpConnection {

    private final ProbeChannel channel;
    private final ResponseDecoder decoder = new ResponseDecoder();
    private @Nullable AttemptStamps stamps;
    private @Nullable Answer answer;
    private String method = "";
    private int exchange;
    private boolean interim;
    private boolean delimitedByClose;
    private boolean saidGoodbye;
    private boolean reusable = true;

    private Http1Connection(ProbeChannel channel) {
        this.channel = channel;
    }

    static Http1Connection over(ProbeChannel channel) {
        Http1Connection connection = new Http1Connection(channel);
        channel.pipeline().addLast(new HttpRequestEncoder(), connection.decoder, connection);
        return connection;
    }

    @Override
    public ProbeChannel channel() {
        return channel;
    }

    @Override
    public boolean isReusable() {
        return reusable && answer == null && channel.isActive();
    }

    @Override
    public void send(
            HttpRequest request, Buffer body, AttemptStamps attempt, Answer attemptAnswer) {
        DefaultFullHttpRequest message =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.valueOf(request.method()),
                        request.target(),
                        Unpooled.wrappedBuffer(body.getBytes()));
        message.headers().set(HttpHeaderNames.HOST, request.authority());
        request.headers().forEach(h -> message.headers().add(h.name(), h.value()));
        method = request.method();
        stamps = attempt;
        answer = attemptAnswer;
        exchange++;
        int number = exchange;
        attempt.writeStarts();
        channel.writeAndFlush(message)
                .addListener(written -> {
                    if (written.isSuccess()) {
                        attempt.writeEnds();
                    } else if (exchange == number) {
                        broken(written.cause());
                    }
                });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            Answer current = answer;
            if (current == null || !(message instanceof HttpObject object)) {
                // Nobody has asked: a server that says 408 before it closes, or worse.
                reusable = false;
                channel.kill();
                return;
            }
            DecoderResult result = object.decoderResult();
            if (result.isFailure()) {
                fail(current, result.cause());
                return;
            }
            if (message instanceof HttpResponse response) {
                head(current, response);
            }
            if (message instanceof HttpContent content && !interim && answer != null) {
                current.body(content.content());
            }
            if (message instanceof LastHttpContent last && answer != null) {
                last(current, last);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(Answer current, HttpResponse response) {
        int status = response.status().code();
        HttpVersion version = response.protocolVersion();
        if (!version.protocolName().equals("HTTP") || version.majorVersion() != 1) {
            fail(current, protocol("the status line says " + version));
            return;
        }
        interim = status < HttpResponseStatus.OK.code();
        if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            fail(current, protocol("the peer switches to a protocol that nobody asked for"));
            return;
        }
        if (interim) {
            return;
        }
        delimitedByClose =
                !decoder.isContentAlwaysEmpty(response)
                        && !HttpUtil.isTransferEncodingChunked(response)
                        && !HttpUtil.isContentLengthSet(response);
        reusable = HttpUtil.isKeepAlive(response) && !delimitedByClose;
        current.head(status, headers(response), version.text());
    }

    private void last(Answer current, LastHttpContent last) {
        if (interim) {
            interim = false;
            return;
        }
        if (delimitedByClose && isTls() && !saidGoodbye) {
            // RFC 9112, section 9.8: whoever cut the connection may have cut the body.
            fail(current, new ClosedChannelException());
            return;
        }
        if (decoder.holdsMore()) {
            fail(current, protocol("there is more after the end of the response"));
            return;
        }
        answer = null;
        List<Header> trailers = new ArrayList<>();
        last.trailingHeaders().forEach(t -> trailers.add(new Header(t.getKey(), t.getValue())));
        current.end(trailers);
    }

    private static List<Header> headers(HttpMessage message) {
        List<Header> headers = new ArrayList<>();
        message.headers().forEach(h -> headers.add(new Header(h.getKey(), h.getValue())));
        return headers;
    }

    private boolean isTls() {
        return channel.pipeline().get(SslHandler.class) != null;
    }

    private static AttemptException protocol(String detail) {
        return new AttemptException(ProbeReason.PROTOCOL, detail);
    }

    private void fail(Answer current, Throwable thrown) {
        reusable = false;
        answer = null;
        current.failed(thrown);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent closed && closed.isSuccess()) {
            saidGoodbye = true;
            reusable = false;
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        broken(new ClosedChannelException());
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        broken(thrown);
        channel.kill();
    }

    private void broken(Throwable thrown) {
        reusable = false;
        Answer current = answer;
        if (current != null) {
            fail(current, thrown);
        }
    }

    /** Knows the method that is answered, and refuses what has two lengths. */
    private final class ResponseDecoder extends HttpResponseDecoder {

        ResponseDecoder() {
            super(
                    new HttpDecoderConfig()
                            .setMaxInitialLineLength(Limits.STATUS_LINE_BYTES_MAX)
                            .setMaxHeaderSize(Limits.HEAD_BYTES_MAX));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object input) throws Exception {
            AttemptStamps current = stamps;
            if (current != null && answer != null && input instanceof ByteBuf) {
                current.answerBegins();
            }
            super.channelRead(context, input);
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            return method.equals("HEAD") || super.isContentAlwaysEmpty(message);
        }

        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
            // RFC 9112, section 6.3: such a response may hide another one.
            throw new IllegalArgumentException("a response with both a length and chunks");
        }

        boolean holdsMore() {
            return actualReadableBytes() > 0;
        }
    }
}
