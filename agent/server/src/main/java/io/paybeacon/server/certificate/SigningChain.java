package io.paybeacon.server.certificate;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Judges a certificate that was fetched, with those beside it. */
final class SigningChain {
    private static final String SUBJECT_PREFIX = "messageverificationcerts.";
    private static final String SUBJECT_SUFFIX = ".paypal.com";
    private static final int DNS_NAME = 2;

    private SigningChain() {}

    /** The certificates of a PEM text, in its order; one at least. */
    static List<X509Certificate> read(byte[] pem) throws GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (var certificate :
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(pem))) {
            certificates.add((X509Certificate) certificate);
        }
        if (certificates.isEmpty() || certificates.size() > Limits.CHAIN_MAX) {
            throw new GeneralSecurityException(
                    "the answer has %d certificates; one to %d are read"
                            .formatted(certificates.size(), Limits.CHAIN_MAX));
        }
        return certificates;
    }

    /**
     * Refuses a first certificate that does not lead to an authority that the JDK trusts, or is not
     * the one of PayPal's messages: its name is {@code messageverificationcerts.paypal.com}, or
     * that of the sandbox (paypal-python-sdk, notifications.py, checks the same).
     */
    static void check(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
        X509Certificate first = chain.getFirst();
        if (!namesPayPal(first)) {
            throw new GeneralSecurityException("the certificate is not one of PayPal's messages");
        }
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(first);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors(), target);
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
        // Lists of revoked certificates would be fetched from addresses that the sender chose.
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        CertPathBuilder.getInstance("PKIX").build(parameters);
    }

    private static boolean namesPayPal(X509Certificate certificate)
            throws GeneralSecurityException {
        List<String> names = new ArrayList<>();
        var alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            alternatives.forEach(name -> {
                if (name.getFirst() instanceof Integer type && type == DNS_NAME) {
                    names.add(String.valueOf(name.get(1)));
                }
            });
        }
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.startsWith(SUBJECT_PREFIX) && name.endsWith(SUBJECT_SUFFIX));
    }

    private static Set<TrustAnchor> anchors() throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        Set<TrustAnchor> anchors = new HashSet<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager trusting) {
                for (X509Certificate issuer : trusting.getAcceptedIssuers()) {
                    anchors.add(new TrustAnchor(issuer, null));
                }
            }
        }
        return anchors;
    }
}
