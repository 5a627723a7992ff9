package io.paybeacon.sandbox.listen;

import io.paybeacon.sandbox.fault.Effect.CertificateFlaw;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The certificates a sandbox can show, right ones and flawed ones. Immutable. */
public final class Certificates {
    private final String caPem;
    private final PemKeyCertOptions right;
    private final Map<CertificateFlaw, PemKeyCertOptions> flawed =
            new EnumMap<>(CertificateFlaw.class);

    /**
     * New certificates of a new authority.
     *
     * @param now what they count as now
     */
    public Certificates(Instant now) {
        CertificateAuthority authority =
                CertificateAuthority.create("Paybeacon sandbox authority", now);
        CertificateAuthority stranger = CertificateAuthority.create("Unknown authority", now);
        this.caPem = authority.pem();
        this.right = authority.localhost();
        flawed.put(CertificateFlaw.EXPIRED, authority.expiredLocalhost());
        flawed.put(CertificateFlaw.WRONG_NAME, authority.otherHost());
        flawed.put(CertificateFlaw.UNTRUSTED, stranger.localhost());
    }

    /** The authority's certificate, for clients to trust, as PEM. */
    public String caPem() {
        return caPem;
    }

    PemKeyCertOptions shown(Optional<CertificateFlaw> flaw) {
        return flaw.map(flawed::get).orElse(right);
    }
}
