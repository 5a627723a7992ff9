package io.paybeacon.sandbox.paypal;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The key with which one sandbox signs its events, and the certificate that receivers fetch to
 * check them. Both are new at each start: nothing that this sandbox signs is worth anything.
 *
 * @param pem the certificate
 * @param path where it can be fetched, as on the real gateway
 */
record SigningCertificate(PrivateKey privateKey, String pem, String path) {
    private static final int KEY_BITS = 2048;
    private static final Duration LASTS = Duration.ofDays(365);

    /** A key and a self-signed certificate, valid from a day before {@code now}. */
    static SigningCertificate create(Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500Name("CN=messageverificationcerts.sandbox.invalid");
            X509CertificateHolder certificate =
                    new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.valueOf(now.toEpochMilli()),
                                    Date.from(now.minus(Duration.ofDays(1))),
                                    Date.from(now.plus(LASTS)),
                                    name,
                                    pair.getPublic())
                            .build(
                                    new JcaContentSignerBuilder("SHA256withRSA")
                                            .build(pair.getPrivate()));
            StringWriter pem = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
                writer.writeObject(certificate);
            }
            return new SigningCertificate(
                    pair.getPrivate(), pem.toString(), path(certificate.getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("every JDK has RSA and SHA-256", e);
        }
    }

    /** The name changes with the certificate, so that a receiver's cache never holds another. */
    private static String path(byte[] encoded) {
        CRC32 crc = new CRC32();
        crc.update(encoded);
        return "/v1/notifications/certs/CERT-360caa42-fca2a594-"
                + HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** Everything but the key. */
    @Override
    public String toString() {
        return "SigningCertificate[" + path + "]";
    }
}
