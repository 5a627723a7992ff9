package io.paybeacon.probe.http;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.paybeacon.probe.limits.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS contexts of the profiles in use. Making one reads a trust store and takes tens of
 * milliseconds, so it is made on a worker thread, once, and before an attempt's clock starts. No
 * context resumes a session: a cold attempt makes a full handshake. Thread-safe.
 */
final class TlsContexts {

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /**
     * Groups of the key exchange, those of the JDK: both engines offer the same. BoringSSL alone
     * would offer X25519MLKEM768 first, which doubles the cost of a handshake and makes a hello of
     * more than one packet, that some middleboxes drop.
     */
    private static final String[] GROUPS = {"x25519", "secp256r1", "secp384r1", "secp521r1"};

    private record Key(TlsProfile profile, boolean http2) {}

    private final Vertx vertx;
    private final TlsEngine engine;

    private final Map<Key, Future<SslContext>> made =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Future<SslContext>> eldest) {
                    return size() > Limits.TLS_CONTEXTS_MAX;
                }
            };

    TlsContexts(Vertx vertx, TlsEngine engine) {
        this.vertx = vertx;
        this.engine = engine;
    }

    /**
     * The context of a profile; fails when its PEM texts cannot be read.
     *
     * @param http2 whether HTTP/2 is asked for by ALPN
     */
    Future<SslContext> get(TlsProfile profile, boolean http2) {
        Key key = new Key(profile, http2);
        synchronized (made) {
            return made.computeIfAbsent(
                    key, _ -> vertx.executeBlocking(() -> make(profile, http2), false));
        }
    }

    private SslContext make(TlsProfile profile, boolean http2)
            throws GeneralSecurityException, IOException {
        SslContextBuilder builder =
                SslContextBuilder.forClient()
                        .sslProvider(engine.provider())
                        .protocols(profile.protocols().isEmpty() ? PROTOCOLS : profile.protocols())
                        .trustManager(
                                new ChainJudge(
                                        jdkTrust(profile.trustedPem()), InstantSource.system()))
                        .endpointIdentificationAlgorithm("HTTPS");
        Optional<ClientCertificate> client = profile.client();
        if (client.isPresent()) {
            builder.keyManager(
                    stream(client.get().certificatePem()), stream(client.get().keyPem().reveal()));
        }
        if (http2) {
            builder.applicationProtocolConfig(
                    new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            "h2"));
        }
        switch (engine) {
            case BORINGSSL -> builder.option(OpenSslContextOption.GROUPS, GROUPS);
            case JDK -> {
                // What it offers is the measure.
            }
        }
        SslContext context = builder.build();
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        } else {
            // The JDK's cache cannot be turned off; Connector sees to it that it never matches.
            context.sessionContext().setSessionCacheSize(1);
        }
        return context;
    }

    private static X509ExtendedTrustManager jdkTrust(Optional<String> trustedPem)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trustedPem.isEmpty() ? null : keyStore(trustedPem.get()));
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("The JDK has no X.509 trust manager");
    }

    private static @Nullable KeyStore keyStore(String pem)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(stream(pem))) {
            store.setCertificateEntry("trusted-" + number, certificate);
            number++;
        }
        if (number == 0) {
            throw new GeneralSecurityException("no certificate in PEM is among those to trust");
        }
        return store;
    }

    private static InputStream stream(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
