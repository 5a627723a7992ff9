package io.paybeacon.probe.http;

import io.paybeacon.probe.limits.Limits;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Reads certificates into facts. A peer shows the same certificates at every attempt, so the facts
 * of those seen last are kept. Thread-safe.
 */
final class CertificateFacts {

    /** RFC 5280, section 4.2.1.6: the kinds of subjectAltName that TLS verifies. */
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    private final Map<ByteBuffer, TlsFacts.Certificate> seen =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<ByteBuffer, TlsFacts.Certificate> eldest) {
                    return size() > Limits.CERTIFICATES_REMEMBERED_MAX;
                }
            };

    /** The facts of a handshake that came to its end. */
    TlsFacts of(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (java.security.cert.Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            chain.clear();
        }
        return new TlsFacts(session.getProtocol(), session.getCipherSuite(), of(chain));
    }

    /** The facts of a handshake that failed; null when no certificate had come. */
    @Nullable TlsFacts of(Throwable thrown) {
        RefusedCertificate refused = FailureClassifier.cause(thrown, RefusedCertificate.class);
        return refused == null
                ? null
                : new TlsFacts(refused.protocol(), refused.cipher(), of(refused.chain()));
    }

    private List<TlsFacts.Certificate> of(List<X509Certificate> chain) {
        List<TlsFacts.Certificate> facts = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            facts.add(of(certificate));
        }
        return facts;
    }

    private TlsFacts.Certificate of(X509Certificate certificate) {
        try {
            ByteBuffer der = ByteBuffer.wrap(certificate.getEncoded());
            synchronized (seen) {
                TlsFacts.Certificate known = seen.get(der);
                if (known == null) {
                    known = read(certificate, der.array());
                    seen.put(der, known);
                }
                return known;
            }
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate without a DER form", e);
        }
    }

    private static TlsFacts.Certificate read(X509Certificate certificate, byte[] der) {
        return new TlsFacts.Certificate(
                certificate.getSubjectX500Principal().getName(X500Principal.RFC2253),
                certificate.getIssuerX500Principal().getName(X500Principal.RFC2253),
                certificate.getSerialNumber().toString(16),
                sha256(der),
                names(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            if (entries != null) {
                for (List<?> entry : entries) {
                    if (entry.get(0) instanceof Integer kind
                            && (kind == DNS_NAME || kind == IP_ADDRESS)) {
                        names.add(String.valueOf(entry.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // The extension cannot be read: then the certificate is for no name at all.
            names.clear();
        }
        return names;
    }

    private static String sha256(byte[] der) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("A JDK without SHA-256", e);
        }
    }
}
