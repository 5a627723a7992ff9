package io.paybeacon.bench.probe;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;

/**
 * A P-256 certificate for 127.0.0.1 with the authority that signed it, made for one run.
 *
 * @param leaf what servers show
 */
record Certificate(X509Bundle leaf) {
    private static final Duration DAY = Duration.ofDays(1);

    static Certificate create(Instant now) throws GeneralSecurityException {
        try {
            X509Bundle authority =
                    builder("benchmark authority", now)
                            .setIsCertificateAuthority(true)
                            .buildSelfSigned();
            return new Certificate(
                    builder("127.0.0.1", now)
                            .addSanIpAddress("127.0.0.1")
                            .addSanDnsName("localhost")
                            .buildIssuedBy(authority));
        } catch (Exception e) {
            // The builder declares no more than that.
            throw new GeneralSecurityException("no certificate could be made", e);
        }
    }

    private static CertificateBuilder builder(String name, Instant now) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .notBefore(now.minus(DAY))
                .notAfter(now.plus(DAY))
                .ecp256();
    }

    /** Writes the authority, the chain and the key as PEM files into a directory. */
    Pem write(Path directory) throws IOException {
        return new Pem(
                Files.writeString(directory.resolve("ca.pem"), leaf.getRootCertificatePEM()),
                Files.writeString(directory.resolve("server.pem"), leaf.getCertificatePathPEM()),
                Files.writeString(directory.resolve("server.key"), leaf.getPrivateKeyPEM()));
    }

    /** Where the parts lie. */
    record Pem(Path authority, Path chain, Path key) {}

    @Override
    public String toString() {
        return leaf.getCertificate().getSubjectX500Principal().getName();
    }
}
