package io.paybeacon.sandbox.listen;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority made for one sandbox and forgotten with it: its keys are drawn anew at each start
 * and never stored. Immutable.
 */
public final class CertificateAuthority {
    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final String SIGNATURE = "SHA256withECDSA";

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final SecureRandom random;
    private final Instant now;

    private CertificateAuthority(KeyPair keys, SecureRandom random, String name, Instant now)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        this.keys = keys;
        this.random = random;
        this.now = now;
        X500Name subject = new X500Name("CN=" + name);
        X509v3CertificateBuilder builder =
                builder(subject, subject, keys, now.minus(Duration.ofDays(1)), now.plus(LIFETIME));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        this.certificate = sign(builder, keys.getPrivate());
    }

    /**
     * A new authority.
     *
     * @param name its common name
     * @param now certificates are valid from the day before
     */
    public static CertificateAuthority create(String name, Instant now) {
        try {
            SecureRandom random = new SecureRandom();
            return new CertificateAuthority(keys(random), random, name, now);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("every JDK can make an EC certificate", e);
        }
    }

    /** A certificate for 127.0.0.1, ::1 and localhost, valid now, with its key. */
    public PemKeyCertOptions localhost() {
        Instant from = now.minus(Duration.ofDays(1));
        return issue(
                "localhost",
                from,
                now.plus(LIFETIME),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.iPAddress, "::1"),
                new GeneralName(GeneralName.dNSName, "localhost"));
    }

    /** The same, expired for a day. */
    public PemKeyCertOptions expiredLocalhost() {
        Instant to = now.minus(Duration.ofDays(1));
        return issue(
                "localhost",
                to.minus(LIFETIME),
                to,
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.dNSName, "localhost"));
    }

    /** A valid one for a host that is not this one. */
    public PemKeyCertOptions otherHost() {
        return issue(
                "other.invalid",
                now.minus(Duration.ofDays(1)),
                now.plus(LIFETIME),
                new GeneralName(GeneralName.dNSName, "other.invalid"));
    }

    /** Its own certificate, for clients to trust, as PEM. */
    public String pem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an X.509 certificate has a DER form", e);
        }
    }

    private PemKeyCertOptions issue(String name, Instant from, Instant to, GeneralName... names) {
        try {
            KeyPair own = keys(random);
            X500Name issuer =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            X509v3CertificateBuilder builder =
                    builder(issuer, new X500Name("CN=" + name), own, from, to);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            X509Certificate leaf = sign(builder, keys.getPrivate());
            String chain = pem("CERTIFICATE", leaf.getEncoded()) + pem();
            return new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(chain))
                    .addKeyValue(Buffer.buffer(pem("PRIVATE KEY", own.getPrivate().getEncoded())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("every JDK can make an EC certificate", e);
        }
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair subjectKeys, Instant from, Instant to) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, random),
                Date.from(from),
                Date.from(to),
                subject,
                subjectKeys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    }

    private static KeyPair keys(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private static String pem(String type, byte[] der) {
        String body =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }
}
