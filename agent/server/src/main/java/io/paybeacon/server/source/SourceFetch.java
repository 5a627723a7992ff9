package io.paybeacon.server.source;

import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.paybeacon.probe.http.Proxy;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.server.config.Connection;
import io.paybeacon.server.config.SourceConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeoutException;
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

    private final Vertx vertx;
    private final SourceConfig source;
    private final HttpClient client;

    SourceFetch(Vertx vertx, SourceConfig source) {
        this.vertx = vertx;
        this.source = source;
        this.client =
                vertx.createHttpClient(
                        options(source.connection(), source.timeout().toMillis()),
                        new PoolOptions().setHttp1MaxSize(4).setMaxWaitQueueSize(16));
    }

    private static HttpClientOptions options(Connection connection, long timeoutMillis) {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setConnectTimeout((int) timeoutMillis)
                        .setKeepAliveTimeout(5)
                        .setVerifyHost(true);
        TlsProfile tls = connection.tls();
        tls.trustedPem()
                .ifPresent(pem ->
                        options.setTrustOptions(
                                new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        tls.client()
                .ifPresent(own ->
                        options.setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .addCertValue(Buffer.buffer(own.certificatePem()))
                                        .addKeyValue(Buffer.buffer(own.keyPem().reveal()))));
        connection.proxy().ifPresent(proxy -> options.setProxyOptions(proxy(proxy)));
        return options;
    }

    private static ProxyOptions proxy(Proxy proxy) {
        ProxyOptions options =
                new ProxyOptions()
                        .setType(
                                switch (proxy.kind()) {
                                    case HTTP -> ProxyType.HTTP;
                                    case SOCKS5 -> ProxyType.SOCKS5;
                                })
                        .setHost(proxy.host())
                        .setPort(proxy.port());
        proxy.user().ifPresent(user -> options.setUsername(user.reveal()));
        proxy.password().ifPresent(password -> options.setPassword(password.reveal()));
        return options;
    }

    /** Fails with a {@link BadAnswerException} alone. */
    Future<String> get(URI url) {
        Promise<String> promise = Promise.promise();
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

    private static Future<String> read(HttpClientRequest request, HttpClientResponse answer) {
        if (answer.statusCode() != 200) {
            request.reset();
            return Future.failedFuture(
                    new BadAnswerException(
                            SourceReason.HTTP_STATUS, "it answers " + answer.statusCode()));
        }
        Promise<String> promise = Promise.promise();
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
        answer.endHandler(_ -> promise.tryComplete(body.toString(StandardCharsets.UTF_8)));
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
