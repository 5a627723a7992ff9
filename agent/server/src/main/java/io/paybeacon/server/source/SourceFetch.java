package io.paybeacon.server.source;

import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.paybeacon.server.client.ClientOptions;
import io.paybeacon.server.config.SourceConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what one source answers: one GET, no redirect, within the source's timeout from the first
 * moment to the last byte, and within {@link #BODY_BYTES_MAX}. Safe for use by many threads.
 */
final class SourceFetch implements AutoCloseable {
    /** Bytes of an answer; a large process exposes a megabyte or two. */
    static final int BODY_BYTES_MAX = 8 << 20;

    private static final String USER_AGENT = "paybeacon";
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9.+-]{1,40}/[A-Za-z0-9.+-]{1,60}");

    private final Vertx vertx;
    private final InstantSource clock;
    private final SourceConfig source;
    private final HttpClient client;

    /**
     * A fetch of that source.
     *
     * @param clock the agent's wall clock
     */
    SourceFetch(Vertx vertx, InstantSource clock, SourceConfig source) {
        this.vertx = vertx;
        this.clock = clock;
        this.source = source;
        this.client =
                vertx.createHttpClient(
                        ClientOptions.of(source.connection(), source.timeout().toMillis()),
                        new PoolOptions().setHttp1MaxSize(4).setMaxWaitQueueSize(16));
    }

    /** Fails with a {@link BadAnswerException} alone. */
    Future<Document> get(URI url) {
        Promise<Document> promise = Promise.promise();
        long timer =
                vertx.setTimer(
                        source.timeout().toMillis(),
                        _ -> promise.tryFail(new TimeoutException("no whole answer in time")));
        Future<HttpClientRequest> connecting = client.request(request(url));
        connecting
                .compose(sending -> {
                    promise.future().onFailure(_ -> sending.reset());
                    return sending.send().compose(answer -> read(sending, answer));
                })
                .onComplete(promise::tryComplete, promise::tryFail);
        return promise.future()
                .onComplete(_ -> vertx.cancelTimer(timer))
                .recover(error -> Future.failedFuture(classified(error)));
    }

    private RequestOptions request(URI url) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(url.toString())
                        .setFollowRedirects(false)
                        .putHeader(HttpHeaders.USER_AGENT, USER_AGENT)
                        .putHeader(HttpHeaders.ACCEPT, accept());
        source.token()
                .ifPresent(token ->
                        options.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.reveal()));
        source.login()
                .ifPresent(login ->
                        options.putHeader(
                                HttpHeaders.AUTHORIZATION,
                                "Basic "
                                        + basic(login.user().reveal(), login.password().reveal())));
        return options;
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private String accept() {
        return switch (source.what()) {
            case SourceConfig.Question.Scrape _ ->
                    "text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0;q=0.5";
            case SourceConfig.Question.StatusPage _, SourceConfig.Question.PromQl _ ->
                    "application/json";
        };
    }

    private Future<Document> read(HttpClientRequest request, HttpClientResponse answer) {
        int status = answer.statusCode();
        boolean told =
                status == 200
                        || (source.what() instanceof SourceConfig.Question.PromQl
                                && PromQlAnswer.tellsErrorWith(status));
        if (!told) {
            request.reset();
            return Future.failedFuture(
                    new BadAnswerException(SourceReason.HTTP_STATUS, explained(status)));
        }
        String encoding = answer.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            request.reset();
            return Future.failedFuture(
                    new BadAnswerException(
                            SourceReason.MALFORMED,
                            "the answer is compressed, which was not asked for"));
        }
        String contentType = mediaType(answer.getHeader(HttpHeaders.CONTENT_TYPE));
        return body(request, answer)
                .compose(body -> {
                    Document document = new Document(body, contentType, clock.instant());
                    return status == 200
                            ? Future.succeededFuture(document)
                            : Future.failedFuture(PromQlAnswer.error(status, document));
                });
    }

    private static String explained(int status) {
        return status >= 300 && status < 400
                ? "it answers %d; redirects are not followed, so name the address that it leads to"
                        .formatted(status)
                : "it answers " + status;
    }

    private static String mediaType(@Nullable String header) {
        String type = header == null ? "" : header.split(";", 2)[0].strip();
        return MEDIA_TYPE.matcher(type).matches() ? type.toLowerCase(Locale.ROOT) : "";
    }

    private static Future<Buffer> body(HttpClientRequest request, HttpClientResponse answer) {
        Promise<Buffer> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        answer.exceptionHandler(promise::tryFail);
        answer.handler(chunk -> {
            if (body.length() + chunk.length() > BODY_BYTES_MAX) {
                promise.tryFail(
                        new BadAnswerException(
                                SourceReason.TOO_LARGE,
                                "the answer has more than " + BODY_BYTES_MAX + " bytes"));
                request.reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        answer.endHandler(_ -> promise.tryComplete(body));
        return promise.future();
    }

    private static BadAnswerException classified(Throwable error) {
        if (error instanceof BadAnswerException bad) {
            return bad;
        }
        if (has(error, UnknownHostException.class)) {
            return new BadAnswerException(SourceReason.DNS, "its name does not resolve");
        }
        if (has(error, SSLException.class)
                || has(error, java.security.cert.CertificateException.class)) {
            return new BadAnswerException(SourceReason.TLS, "no trusted connection");
        }
        if (has(error, TimeoutException.class)
                || has(error, io.netty.channel.ConnectTimeoutException.class)) {
            return new BadAnswerException(SourceReason.TIMEOUT, "no whole answer in time");
        }
        if (has(error, ConnectException.class)) {
            return new BadAnswerException(SourceReason.CONNECT, "no connection");
        }
        return new BadAnswerException(
                SourceReason.MALFORMED, "the connection ended before a whole answer");
    }

    private static boolean has(@Nullable Throwable error, Class<? extends Throwable> type) {
        Throwable current = error;
        for (int i = 0; i < 16 && current != null; i++) {
            if (type.isInstance(current)) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }

    @Override
    public void close() {
        client.close();
    }
}
