package io.paybeacon.probe.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.ClientSSLOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt while it is under way. Confined to the event loop of its context.
 *
 * <p>Its own timer ends it: it kills the socket and completes the promise itself, since some
 * futures of Vert.x never complete when a peer falls silent, and its request timer stops at the
 * head of the response.
 */
final class HttpExchange {

    private final ContextInternal context;
    private final HttpClientAgent client;
    private final Resolver resolver;
    private final @Nullable ClientSSLOptions tls;
    private final HttpCall call;
    private final AttemptStamps stamps;
    private final Promise<HttpAttempt> promise;
    private final Buffer body = Buffer.buffer();
    private @Nullable ScheduledFuture<?> timer;
    private int status;
    private long bodyBytes;
    private boolean done;

    HttpExchange(
            ContextInternal context,
            HttpClientAgent client,
            Resolver resolver,
            @Nullable ClientSSLOptions tls,
            HttpCall call,
            AttemptStamps stamps) {
        this.context = context;
        this.client = client;
        this.resolver = resolver;
        this.tls = tls;
        this.call = call;
        this.stamps = stamps;
        this.promise = context.promise();
    }

    Future<HttpAttempt> future() {
        return promise.future();
    }

    void start() {
        stamps.started = System.nanoTime();
        long millis = Math.max(1, call.deadline().toMillis());
        timer =
                context.nettyEventLoop()
                        .schedule(
                                () -> context.dispatch(this::onDeadline),
                                millis,
                                TimeUnit.MILLISECONDS);
        Resolver.withoutDns(call.host()).ifPresentOrElse(this::connect, () -> resolve(millis));
    }

    private void onDeadline() {
        if (!done) {
            stamps.deadlinePassed = true;
            stamps.kill();
            fail(new TimeoutException("deadline"));
        }
    }

    private void resolve(long millis) {
        stamps.resolveStarted = System.nanoTime();
        resolver.resolve(
                context.nettyEventLoop(),
                call.host(),
                millis,
                (address, failure) -> context.dispatch(() -> onResolved(address, failure)));
    }

    private void onResolved(@Nullable InetAddress address, @Nullable Throwable failure) {
        if (done) {
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
        HttpConnectOptions options =
                new HttpConnectOptions()
                        .setServer(new StampedAddress(address, call.port(), call.host(), stamps))
                        .setHost(call.host())
                        .setPort(call.port())
                        .setSsl(call.tls());
        if (tls != null) {
            options.setSslOptions(tls);
        }
        client.connect(options)
                .compose(this::request)
                .compose(this::receive)
                .onComplete(this::succeed, this::fail);
    }

    private Future<HttpClientRequest> request(HttpClientConnection connection) {
        connection.exceptionHandler(this::fail);
        ProbeChannel channel = stamps.channel();
        if (done || channel == null) {
            return Future.failedFuture("the attempt has ended");
        }
        channel.pipeline().addBefore("codec", "first-byte", new FirstByte());
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(call.method()))
                        .setURI(call.target());
        return connection.request(options);
    }

    private Future<HttpAttempt.Response> receive(HttpClientRequest request) {
        request.exceptionHandler(this::fail);
        call.headers().forEach(header -> request.headers().add(header.name(), header.value()));
        stamps.writeStarted = System.nanoTime();
        // The body is read from the moment of the head, which may come before the request is whole.
        Future<HttpAttempt.Response> response = request.response().compose(this::readBody);
        Future<Void> written = call.body().length() == 0 ? request.end() : request.end(call.body());
        written.onSuccess(_ -> stamps.written = System.nanoTime());
        return response;
    }

    private Future<HttpAttempt.Response> readBody(HttpClientResponse response) {
        response.exceptionHandler(this::fail);
        status = response.statusCode();
        response.handler(this::append);
        List<HttpCall.Header> headers = new ArrayList<>();
        response.headers().forEach((name, value) -> headers.add(new HttpCall.Header(name, value)));
        return response.end().map(_ -> new HttpAttempt.Response(status, headers, body));
    }

    private void append(Buffer chunk) {
        bodyBytes += chunk.length();
        if (bodyBytes <= call.bodyBytesMax()) {
            body.appendBuffer(chunk);
        } else if (!stamps.tooLarge) {
            // A body that ends with the connection would look whole once it is killed.
            stamps.tooLarge = true;
            stamps.kill();
            fail(new IOException("the body is too large"));
        }
    }

    private void succeed(HttpAttempt.Response response) {
        if (done) {
            return;
        }
        if (stamps.tooLarge) {
            fail(new IOException("the response is too large"));
        } else if (response.status() < 200) {
            // Vert.x takes an interim status that it does not know for the final one.
            end(null, new Failure(ProbeReason.PROTOCOL, "interim status " + status));
        } else {
            end(response, null);
        }
    }

    private void fail(Throwable thrown) {
        if (!done) {
            end(null, FailureClassifier.classify(stamps, thrown));
        }
    }

    private void end(HttpAttempt.@Nullable Response response, @Nullable Failure failure) {
        done = true;
        stamps.ended = System.nanoTime();
        if (timer != null) {
            timer.cancel(false);
        }
        try {
            closeChannel(failure == null);
        } finally {
            promise.complete(
                    new HttpAttempt(
                            PhaseClock.phases(stamps),
                            response,
                            status,
                            failure,
                            AttemptStamps.happened(stamps.writeStarted),
                            bodyBytes));
        }
    }

    private void closeChannel(boolean orderly) {
        ProbeChannel channel = stamps.channel();
        if (channel != null) {
            if (orderly) {
                channel.finish();
            } else {
                channel.kill();
            }
        }
    }

    /** Takes the moment of the first byte of the response, after decryption. */
    private final class FirstByte extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (!AttemptStamps.happened(stamps.firstRead)) {
                stamps.firstRead = stamps.lastRead;
            }
            ctx.fireChannelRead(message);
        }
    }
}
