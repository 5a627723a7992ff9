package io.paybeacon.probe.http;

import io.paybeacon.core.event.ProbeReason;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges a peer's certificates as the JDK does, and says what is wrong with those it refuses: the
 * same words for every TLS engine, and the chain itself, which the engines would not show.
 *
 * <p>A chain that it has accepted lately, byte for byte and for the same name, is accepted again
 * while every certificate of it is valid: to verify the same signatures at each probe would be most
 * of what Java does in a handshake. That the peer holds the key is proved at each one by the
 * handshake itself. A refusal is never remembered. Thread-safe.
 */
final class ChainJudge extends X509ExtendedTrustManager {

    private static final int CAUSES_MAX = 16;

    private final X509ExtendedTrustManager jdk;
    private final AcceptedChains accepted;

    /**
     * A judge.
     *
     * @param jdk who knows the authorities
     * @param clock the agent's wall clock
     */
    ChainJudge(X509ExtendedTrustManager jdk, InstantSource clock) {
        this.jdk = jdk;
        this.accepted = new AcceptedChains(clock);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        SSLSession session = engine.getHandshakeSession();
        AcceptedChains.Shown shown =
                AcceptedChains.Shown.of(
                        chain,
                        authType,
                        session == null ? "" : session.getProtocol(),
                        engine.getPeerHost());
        if (accepted.has(shown)) {
            return;
        }
        try {
            jdk.checkServerTrusted(chain, authType, engine);
            accepted.add(shown, chain);
        } catch (CertificateException e) {
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
