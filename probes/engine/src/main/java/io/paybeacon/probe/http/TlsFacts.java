package io.paybeacon.probe.http;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What a peer showed in a TLS handshake, whether or not it was believed.
 *
 * @param protocol version of TLS such as {@code TLSv1.3}; empty when none was agreed on
 * @param cipher name of the cipher suite; empty when none was agreed on
 * @param chain the certificates as the peer sent them, its own first; not necessarily a valid chain
 */
public record TlsFacts(String protocol, String cipher, List<Certificate> chain) {

    public TlsFacts {
        requireNonNull(protocol, "protocol is null");
        requireNonNull(cipher, "cipher is null");
        chain = List.copyOf(chain);
    }

    /**
     * An X.509 certificate.
     *
     * @param subject distinguished name, RFC 2253
     * @param issuer distinguished name of who signed it, RFC 2253
     * @param serial serial number, hexadecimal, lower case
     * @param sha256 SHA-256 of its DER form, hexadecimal, lower case
     * @param names DNS names and addresses that it is for (subjectAltName)
     * @param notBefore first instant at which it is valid
     * @param notAfter last instant at which it is valid
     */
    public record Certificate(
            String subject,
            String issuer,
            String serial,
            String sha256,
            List<String> names,
            Instant notBefore,
            Instant notAfter) {

        public Certificate {
            names = List.copyOf(names);
        }
    }
}
