package io.paybeacon.probe.http;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A server's certificate with the authority that signed it, made for the test.
 *
 * @param own the certificate and its key
 * @param authority who signed it
 */
public record TestCertificate(X509Bundle own, X509Bundle authority) {

    private static final Duration DAY = Duration.ofDays(1);

    /** Valid since yesterday, for a month. */
    public static TestCertificate of(String dnsName) {
        return of(dnsName, Instant.now().minus(DAY), DAY.multipliedBy(30));
    }

    public static TestCertificate of(String dnsName, Instant from, Duration valid) {
        X509Bundle authority = authority("authority");
        return new TestCertificate(leaf(dnsName, from, valid, authority), authority);
    }

    /** Signed by an authority between, which the server does not show. */
    public static TestCertificate withoutIntermediate(String dnsName) {
        X509Bundle root = authority("root");
        try {
            X509Bundle between =
                    builder("between").setIsCertificateAuthority(true).buildIssuedBy(root);
            X509Bundle leaf =
                    leaf(dnsName, Instant.now().minus(DAY), DAY.multipliedBy(30), between);
            return new TestCertificate(
                    X509Bundle.fromCertificatePath(
                            new java.security.cert.X509Certificate[] {leaf.getCertificate()},
                            root.getCertificate(),
                            leaf.getKeyPair()),
                    root);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed by itself. */
    public static TestCertificate selfSigned(String dnsName) {
        try {
            X509Bundle own =
                    builder(dnsName)
                            .setIsCertificateAuthority(true)
                            .addSanDnsName(dnsName)
                            .buildSelfSigned();
            return new TestCertificate(own, own);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Bundle authority(String name) {
        try {
            return builder(name).setIsCertificateAuthority(true).buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Bundle leaf(
            String dnsName, Instant from, Duration valid, X509Bundle authority) {
        try {
            return builder(dnsName)
                    .notBefore(from)
                    .notAfter(from.plus(valid))
                    .addSanDnsName(dnsName)
                    .buildIssuedBy(authority);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static CertificateBuilder builder(String name) {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .notBefore(Instant.now().minus(DAY.multipliedBy(90)))
                .notAfter(Instant.now().plus(DAY.multipliedBy(90)));
    }

    public String authorityPem() {
        return authority.getRootCertificatePEM();
    }

    /** A profile that trusts the authority. */
    public TlsProfile trusted() {
        return TlsProfile.trusting(authorityPem());
    }

    /** For a server of Vert.x. */
    public PemKeyCertOptions forServer() {
        return new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(own.getCertificatePathPEM()))
                .setKeyValue(Buffer.buffer(own.getPrivateKeyPEM()));
    }

    /** For a server on plain sockets, which trusts the clients of the same authority. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    own.toKeyManagerFactory().getKeyManagers(),
                    new TrustManager[] {authority.toTrustManager()},
                    null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
