package io.paybeacon.server.certificate;

import io.paybeacon.gateways.paypal.CertificateSource;
import io.paybeacon.gateways.paypal.PayPalWebhooks;
import io.paybeacon.server.client.ClientOptions;
import io.paybeacon.server.config.Connection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates with which PayPal signs: fetched once each, before a message is judged, and kept
 * until they expire. Addresses come from strangers, so fetches are few, small and short, follow no
 * redirect, and a failure is remembered for a while. Safe for use by many threads.
 */
public final class PayPalCertificates implements CertificateSource {
    private static final Logger LOG = LoggerFactory.getLogger(PayPalCertificates.class);

    private final Vertx vertx;
    private final InstantSource clock;
    private final Map<String, X509Certificate> known = oldestFirst(CERTIFICATES_MAX);
    private final Map<String, Instant> failed = oldestFirst(Limits.FAILURES_MAX);
    private final Map<String, Future<Void>> underWay = new HashMap<>();
    private final Deque<Instant> fetches = new ArrayDeque<>();

    /**
     * Knows none yet.
     *
     * @param clock the agent's, by which certificates expire
     */
    public PayPalCertificates(Vertx vertx, InstantSource clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    private static <T> Map<String, T> oldestFirst(int max) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > max;
            }
        };
    }

    /**
     * The hosts that certificates may come from, as {@link PayPalWebhooks} takes them.
     *
     * @param api where the gateway's API is
     */
    public static Set<String> hosts(URI api) {
        String host = api.getHost();
        if (PayPalWebhooks.PAYPAL_HOSTS.contains(host)) {
            return PayPalWebhooks.PAYPAL_HOSTS;
        }
        return Set.of(api.getPort() < 0 ? host : host + ":" + api.getPort());
    }

    @Override
    public synchronized Optional<X509Certificate> at(String url) {
        X509Certificate certificate = known.get(url);
        if (certificate != null
                && certificate.getNotAfter().toInstant().isBefore(clock.instant())) {
            known.remove(url);
            return Optional.empty();
        }
        return Optional.ofNullable(certificate);
    }

    /**
     * Fetches the certificate at an address unless it is known. The future never fails: what could
     * not be had, {@link #at} does not know.
     *
     * @param url of a host that the adapter allows
     * @param connection how the host is reached
     */
    public Future<Void> fetch(String url, Connection connection) {
        Promise<Void> done = Promise.promise();
        synchronized (this) {
            if (at(url).isPresent() || failedLately(url)) {
                return Future.succeededFuture();
            }
            Future<Void> running = underWay.get(url);
            if (running != null) {
                return running;
            }
            if (!mayFetch()) {
                LOG.warn("Certificates of PayPal are asked for too often; one is not fetched");
                return Future.succeededFuture();
            }
            underWay.put(url, done.future());
        }
        get(URI.create(url), connection)
                .compose(pem -> vertx.executeBlocking(() -> judged(url, pem.getBytes()), false))
                .onComplete(outcome -> {
                    keep(url, outcome.result(), outcome.cause());
                    done.complete();
                });
        return done.future();
    }

    private synchronized void keep(
            String url, @Nullable X509Certificate certificate, @Nullable Throwable failure) {
        underWay.remove(url);
        if (certificate != null) {
            failed.remove(url);
            known.put(url, certificate);
            return;
        }
        failed.put(url, clock.instant());
        LOG.warn(
                "A certificate of PayPal could not be had from {}: {}",
                URI.create(url).getHost(),
                String.valueOf(failure));
    }

    private boolean failedLately(String url) {
        Instant at = failed.get(url);
        return at != null && clock.instant().isBefore(at.plus(Limits.FAILURE_KEPT));
    }

    private boolean mayFetch() {
        Instant now = clock.instant();
        while (!fetches.isEmpty() && !fetches.getFirst().isAfter(now.minusSeconds(60))) {
            fetches.removeFirst();
        }
        if (fetches.size() >= Limits.FETCHES_A_MINUTE_MAX) {
            return false;
        }
        fetches.addLast(now);
        return true;
    }

    private X509Certificate judged(String url, byte[] pem) throws GeneralSecurityException {
        List<X509Certificate> chain = SigningChain.read(pem);
        Instant now = clock.instant();
        if (PayPalWebhooks.PAYPAL_HOSTS.contains(URI.create(url).getHost())) {
            SigningChain.check(chain, now);
        }
        chain.getFirst().checkValidity(java.util.Date.from(now));
        return chain.getFirst();
    }

    private Future<Buffer> get(URI url, Connection connection) {
        // One client for one fetch: there is one in months, and no connection is left to linger.
        HttpClient client =
                vertx.createHttpClient(
                        ClientOptions.of(connection, TimeUnit.SECONDS.toMillis(FETCH_SECONDS_MAX)));
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(url.toString())
                        .setFollowRedirects(false);
        // Nested, so that the answer gets its handlers on its own thread before its body can come.
        return client.request(options)
                .compose(request -> request.send().compose(PayPalCertificates::read))
                .timeout(FETCH_SECONDS_MAX, TimeUnit.SECONDS)
                .onComplete(_ -> client.close());
    }

    private static Future<Buffer> read(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture(
                    new IOException("the answer has the status " + response.statusCode()));
        }
        Promise<Buffer> body = Promise.promise();
        Buffer read = Buffer.buffer();
        response.handler(chunk -> {
            if (read.length() + chunk.length() > PEM_BYTES_MAX) {
                body.tryFail(new IOException("the answer is larger than " + PEM_BYTES_MAX));
            } else {
                read.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(body::tryFail);
        response.endHandler(_ -> body.tryComplete(read));
        return body.future();
    }
}
