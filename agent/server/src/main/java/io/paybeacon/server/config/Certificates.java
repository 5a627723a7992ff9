package io.paybeacon.server.config;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges certificates and private keys in PEM (RFC 7468). No message quotes a key. */
final class Certificates {
    /** Certificates of a trust store, in bytes; what Mozilla trusts has some 220 KiB. */
    static final int PEM_BYTES_MAX = 512 * 1024;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private Certificates() {}

    /** What is wrong; the message says what to do. */
    static final class BadPem extends Exception {
        private static final long serialVersionUID = 1L;

        BadPem(String message) {
            super(message);
        }
    }

    /**
     * The certificates in a text.
     *
     * @param now by which none may be expired or not yet valid
     */
    static List<X509Certificate> read(String pem, Instant now) throws BadPem {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            if (block.group(1).endsWith("PRIVATE KEY")) {
                throw new BadPem(
                        "a private key stands among the certificates; keep it in a file of its"
                                + " own");
            }
            if (block.group(1).equals(CERTIFICATE)) {
                certificates.add(certificate(block.group()));
            }
        }
        if (certificates.isEmpty()) {
            throw new BadPem(
                    "no certificate stands there; write one in PEM, which begins with -----BEGIN"
                            + " CERTIFICATE-----");
        }
        for (X509Certificate certificate : certificates) {
            checkTime(certificate, now);
        }
        return certificates;
    }

    private static X509Certificate certificate(String block) throws BadPem {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            block.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new BadPem("a certificate cannot be read; write it anew in PEM");
        }
    }

    private static void checkTime(X509Certificate certificate, Instant now) throws BadPem {
        String subject = certificate.getSubjectX500Principal().getName();
        Instant end = certificate.getNotAfter().toInstant();
        Instant begin = certificate.getNotBefore().toInstant();
        if (end.isBefore(now)) {
            throw new BadPem(
                    "the certificate of \"%s\" expired at %s; replace it".formatted(subject, end));
        }
        if (begin.isAfter(now)) {
            throw new BadPem(
                    "the certificate of \"%s\" is valid only from %s; replace it, or set this"
                                    .formatted(subject, begin)
                            + " machine's clock");
        }
    }

    /** The private key in a text. */
    static PrivateKey privateKey(String pem) throws BadPem {
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return decode(block.group(2));
                }
                case "ENCRYPTED PRIVATE KEY" ->
                        throw new BadPem(
                                "the private key is encrypted; write it in the clear, with openssl"
                                        + " pkcs8 -topk8 -nocrypt, and protect the file");
                case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" ->
                        throw new BadPem(
                                "the private key is not in PKCS#8; convert it with openssl pkcs8"
                                        + " -topk8 -nocrypt");
                default -> {
                    // Certificates and parameters may stand beside the key.
                }
            }
        }
        throw new BadPem(
                "no private key stands there; write one in PEM, which begins with -----BEGIN"
                        + " PRIVATE KEY-----");
    }

    private static PrivateKey decode(String base64) throws BadPem {
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new BadPem("the private key cannot be read; write it anew in PEM");
        }
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                // A key of another algorithm; the next one is tried.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(algorithm + " is part of every JDK", e);
            }
        }
        throw new BadPem("the private key is none of RSA, EC and EdDSA, or is damaged");
    }

    /** Refuses a key that does not belong to the certificate. */
    static void checkPair(X509Certificate certificate, PrivateKey key) throws BadPem {
        if (!belongs(certificate.getPublicKey(), key)) {
            throw new BadPem(
                    "the private key does not belong to the certificate of \"%s\"; name the one"
                                    .formatted(certificate.getSubjectX500Principal().getName())
                            + " that was made with it");
        }
    }

    private static boolean belongs(PublicKey publicKey, PrivateKey key) {
        try {
            String algorithm =
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> "EdDSA";
                    };
            byte[] sample = "paybeacon".getBytes(StandardCharsets.US_ASCII);
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(sample);
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(publicKey);
            verifying.update(sample);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
