package io.paybeacon.probe.http;

import io.paybeacon.probe.limits.Limits;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chains that were verified lately under one set of authorities. An entry holds until the first
 * of its certificates expires, and no longer than {@link Limits#CHAIN_ACCEPTED_TIME}. Thread-safe.
 */
final class AcceptedChains {

    private final InstantSource clock;

    private final Map<Shown, Validity> chains =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Shown, Validity> eldest) {
                    return size() > Limits.CHAINS_ACCEPTED_MAX;
                }
            };

    /**
     * What a verdict depends on, besides the authorities and the time.
     *
     * @param chain the certificates in DER, in the order in which they were shown
     * @param authType how the peer proves that it holds the key
     * @param protocol version of TLS, which decides on the algorithms that are allowed
     * @param host the name that was verified; null for none
     */
    record Shown(List<ByteBuffer> chain, String authType, String protocol, @Nullable String host) {

        Shown {
            chain = List.copyOf(chain);
        }

        static Shown of(
                X509Certificate[] chain, String authType, String protocol, @Nullable String host)
                throws CertificateEncodingException {
            List<ByteBuffer> der = new ArrayList<>();
            for (X509Certificate certificate : chain) {
                der.add(ByteBuffer.wrap(certificate.getEncoded()));
            }
            return new Shown(der, authType, protocol, host);
        }
    }

    private record Validity(Instant from, Instant to) {}

    AcceptedChains(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether it was accepted lately, and would be again. */
    boolean has(Shown shown) {
        Instant now = clock.instant();
        synchronized (chains) {
            Validity validity = chains.get(shown);
            return validity != null
                    && !now.isBefore(validity.from())
                    && !now.isAfter(validity.to());
        }
    }

    /** It was accepted now. */
    void add(Shown shown, X509Certificate[] chain) {
        Instant from = clock.instant();
        Instant to = from.plus(Limits.CHAIN_ACCEPTED_TIME);
        for (X509Certificate certificate : chain) {
            Instant end = certificate.getNotAfter().toInstant();
            to = end.isBefore(to) ? end : to;
        }
        synchronized (chains) {
            chains.put(shown, new Validity(from, to));
        }
    }
}
