package io.paybeacon.probe.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * How TLS is spoken with a gateway: its certificate is always verified, always against the name.
 *
 * @param trustedPem certificates to trust instead of the JDK's, in PEM; empty for the JDK's
 * @param client what the agent shows of itself; empty for nothing
 * @param protocols versions of TLS to offer, such as {@code TLSv1.3}; empty for 1.2 and 1.3
 */
public record TlsProfile(
        Optional<String> trustedPem, Optional<ClientCertificate> client, Set<String> protocols) {

    /** Trusts what the JDK trusts, and shows nothing of itself. */
    public static final TlsProfile PUBLIC =
            new TlsProfile(Optional.empty(), Optional.empty(), Set.of());

    public TlsProfile {
        requireNonNull(trustedPem, "trustedPem is null");
        requireNonNull(client, "client is null");
        protocols = Set.copyOf(protocols);
    }

    /** Trusts these certificates, in PEM, instead of the JDK's. */
    public static TlsProfile trusting(String trustedPem) {
        return new TlsProfile(Optional.of(trustedPem), Optional.empty(), Set.of());
    }
}
