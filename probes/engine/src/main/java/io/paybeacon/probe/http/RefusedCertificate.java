package io.paybeacon.probe.http;

import io.paybeacon.core.event.ProbeReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** A peer's certificates that were not believed, with what is known of the handshake so far. */
final class RefusedCertificate extends CertificateException {

    private static final long serialVersionUID = 1;

    private final ProbeReason reason;

    @SuppressWarnings("serial") // Never serialised; exceptions happen to be able to.
    private final List<X509Certificate> chain;

    private final String protocol;
    private final String cipher;

    RefusedCertificate(
            ProbeReason reason,
            List<X509Certificate> chain,
            String protocol,
            String cipher,
            CertificateException cause) {
        super(cause.getMessage(), cause);
        this.reason = reason;
        this.chain = List.copyOf(chain);
        this.protocol = protocol;
        this.cipher = cipher;
    }

    ProbeReason reason() {
        return reason;
    }

    List<X509Certificate> chain() {
        return chain;
    }

    String protocol() {
        return protocol;
    }

    String cipher() {
        return cipher;
    }
}
