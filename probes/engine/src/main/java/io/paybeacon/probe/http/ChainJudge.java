package io.paybeacon.probe.http;

import io.paybeacon.core.event.ProbeReason;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges a peer's certificates as the JDK does, and says what is wrong with those it refuses: the
 * same words for every TLS engine, and the chain itself, which the engines would not show.
 */
final class ChainJudge extends X509ExtendedTrustManager {

    private static final int CAUSES_MAX = 16;

    private final X509ExtendedTrustManager jdk;

    ChainJudge(X509ExtendedTrustManager jdk) {
        this.jdk = jdk;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            jdk.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            SSLSession session = engine.getHandshakeSession();
            throw new RefusedCertificate(
                    reason(chain, authType, e),
                    List.of(chain),
                    session == null ? "" : session.getProtocol(),
                    session == null ? "" : session.getCipherSuite(),
                    e);
        }
    }

    private ProbeReason reason(
            X509Certificate[] chain, String authType, CertificateException thrown) {
        if (isOutOfDate(thrown)) {
            return ProbeReason.TLS_EXPIRED;
        }
        try {
            // The same check without the name: if it holds, it was the name.
            jdk.checkServerTrusted(chain, authType);
            return ProbeReason.TLS_NAME;
        } catch (CertificateException e) {
            return ProbeReason.TLS_CHAIN;
        }
    }

    private static boolean isOutOfDate(Throwable thrown) {
        @Nullable Throwable current = thrown;
        for (int i = 0; i < CAUSES_MAX && current != null; i++) {
            if (current instanceof CertificateExpiredException
                    || current instanceof CertificateNotYetValidException) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new UnsupportedOperationException("Attempts use engines, not sockets");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("A check without a name is none");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException("Attempts are clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("Attempts are clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("Attempts are clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return jdk.getAcceptedIssuers();
    }
}
