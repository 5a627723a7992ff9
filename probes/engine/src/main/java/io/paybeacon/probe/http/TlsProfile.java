package io.paybeacon.probe.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a gateway's certificate is judged: always verified, always against the name.
 *
 * @param trustedPem certificates to trust instead of the JDK's, in PEM; empty for the JDK's
 */
public record TlsProfile(Optional<String> trustedPem) {

    /** Trusts what the JDK trusts. */
    public static final TlsProfile PUBLIC = new TlsProfile(Optional.empty());

    public TlsProfile {
        requireNonNull(trustedPem, "trustedPem is null");
    }
}
