package io.paybeacon.probe.wire;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.http.Dialer;
import io.paybeacon.probe.http.HttpProbe;

/**
 * One prober for each protocol, over one dialer. Thread-safe.
 *
 * @param dialer makes their connections; whoever made it closes it
 */
public record WireProbes(
        Dialer dialer,
        HttpProbe http,
        TcpProbe tcp,
        TlsProbe tls,
        DnsProbe dns,
        GrpcHealthProbe grpcHealth) {

    public WireProbes {
        requireNonNull(dialer, "dialer is null");
    }

    /** A prober for each protocol. */
    public static WireProbes over(Dialer dialer) {
        HttpProbe http = new HttpProbe(dialer);
        return new WireProbes(
                dialer,
                http,
                new TcpProbe(dialer),
                new TlsProbe(dialer),
                new DnsProbe(dialer),
                new GrpcHealthProbe(http));
    }
}
