package io.paybeacon.probe.http;

import io.netty.buffer.ByteBuf;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpCall.Header;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One HTTP request and its response while it is under way. */
final class HttpExchange extends OpenAttempt implements HttpConnection.Answer {

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final int STATUS_MAX = 999;
    private static final String TOO_LARGE = "the body is larger than the step allows";

    private final HttpCall call;
    private final Route route;
    private final HttpRequest request;
    private final @Nullable KeptConnection kept;
    private final Promise<HttpAttempt> promise;
    private final Buffer body = Buffer.buffer();
    private @Nullable HttpConnection connection;
    private List<Header> headers = List.of();
    private List<Header> trailers = List.of();
    private String protocol = "";
    private int status;
    private long bodyBytes;
    private boolean warm;

    HttpExchange(
            ContextInternal context,
            Dialer dialer,
            Route route,
            HttpCall call,
            @Nullable KeptConnection kept) {
        super(
                context,
                dialer,
                route,
                call.deadline(),
                2L * call.bodyBytesMax() + Limits.RAW_OVERHEAD_BYTES_MAX);
        this.call = call;
        this.route = route;
        this.request = HttpRequest.of(call, route);
        this.kept = kept;
        this.promise = context.promise();
    }

    Future<HttpAttempt> send() {
        start(call.tls());
        return promise.future();
    }

    @Override
    protected @Nullable ProbeChannel keptChannel() {
        HttpConnection open = kept == null ? null : kept.take(route, this);
        connection = open;
        warm = open != null;
        return open == null ? null : open.channel();
    }

    @Override
    protected void connected(ProbeChannel channel) {
        HttpConnection open = connection;
        if (open != null) {
            ask(open);
            return;
        }
        switch (call.protocol()) {
            case HTTP_1_1 -> ask(Http1Connection.over(channel));
            case HTTP_2, H2C -> {
                if (call.tls() && !agreedOnHttp2(channel)) {
                    fail(
                            new AttemptException(
                                    ProbeReason.PROTOCOL, "the peer did not agree to HTTP/2"));
                    return;
                }
                Http2Connection next = Http2Connection.over(channel, stamps(), this::onSettings);
                connection = next;
            }
        }
    }

    private static boolean agreedOnHttp2(ProbeChannel channel) {
        return "h2".equals(Connector.applicationProtocol(channel));
    }

    private void onSettings(@Nullable Throwable thrown) {
        HttpConnection open = connection;
        if (thrown != null) {
            fail(thrown);
        } else if (open != null && !done()) {
            ask(open);
        }
    }

    private void ask(HttpConnection open) {
        connection = open;
        try {
            open.send(request, call.body(), stamps(), this);
        } catch (IllegalArgumentException e) {
            fail(
                    new AttemptException(
                            ProbeReason.AGENT_FAULT,
                            "the request cannot be made: " + FailureClassifier.describe(e)));
        }
    }

    @Override
    public void head(int newStatus, List<Header> newHeaders, String newProtocol) {
        status = newStatus;
        headers = newHeaders;
        protocol = newProtocol;
        if (newStatus > STATUS_MAX) {
            // RFC 9110, section 15: a status has three digits.
            fail(new AttemptException(ProbeReason.PROTOCOL, "the status " + newStatus));
        } else if (!call.method().equals("HEAD") && announcedBytes() > call.bodyBytesMax()) {
            fail(new AttemptException(ProbeReason.TOO_LARGE, TOO_LARGE));
        }
    }

    /** What the head says of the body's length; 0 when it says nothing that is a number. */
    private long announcedBytes() {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase("content-length"))
                .mapToLong(header -> {
                    try {
                        return Long.parseLong(header.value().strip());
                    } catch (NumberFormatException e) {
                        return 0;
                    }
                })
                .max()
                .orElse(0);
    }

    @Override
    public void body(ByteBuf piece) {
        bodyBytes += piece.readableBytes();
        if (bodyBytes <= call.bodyBytesMax()) {
            byte[] bytes = new byte[piece.readableBytes()];
            piece.getBytes(piece.readerIndex(), bytes);
            body.appendBytes(bytes);
        } else {
            fail(new AttemptException(ProbeReason.TOO_LARGE, TOO_LARGE));
        }
    }

    @Override
    public void end(List<Header> newTrailers) {
        trailers = newTrailers;
        boolean ofProxy = route.proxy().isPresent() && !route.tunnel();
        finish(
                ofProxy && status == PROXY_AUTHENTICATION_REQUIRED
                        ? new Failure(ProbeReason.PROXY, "the proxy refused the credentials: 407")
                        : null);
    }

    @Override
    public void failed(Throwable thrown) {
        fail(thrown);
    }

    @Override
    protected void release(ProbeChannel channel) {
        HttpConnection open = connection;
        if (kept != null && open != null) {
            kept.give(open, route, facts());
        } else {
            channel.finish();
        }
    }

    @Override
    protected void ended(Phases phases, @Nullable Failure failure) {
        HttpAttempt.Response response =
                failure == null
                        ? new HttpAttempt.Response(status, headers, body, trailers, protocol)
                        : null;
        promise.complete(
                new HttpAttempt(
                        phases,
                        response,
                        status,
                        failure,
                        stamps().wroteSomething(),
                        bodyBytes,
                        warm,
                        facts(),
                        address()));
    }
}
