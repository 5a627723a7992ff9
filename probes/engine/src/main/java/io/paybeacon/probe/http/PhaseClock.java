package io.paybeacon.probe.http;

import static io.paybeacon.probe.http.AttemptStamps.happened;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.probe.result.Phases;
import java.util.EnumMap;
import java.util.Map;

/** Turns the moments of an attempt into its phases. */
final class PhaseClock {

    private PhaseClock() {}

    /** The phases that were reached; the last of a failed attempt lasts until its end. */
    static Phases phases(AttemptStamps s) {
        Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
        put(nanos, Phase.RESOLVE, s.resolveStarted, s.resolved, s.ended);
        put(nanos, Phase.CONNECT, s.connectStarted, s.connected, s.ended);
        if (s.proxied) {
            put(nanos, Phase.PROXY, s.connected, s.tunnelled, s.ended);
        }
        put(nanos, Phase.TLS, s.tlsStarted, s.handshaken, s.ended);
        put(nanos, Phase.SETTINGS, s.settingsStarted, s.settings, s.ended);
        // A response that comes before the request is whole ends the writing for our purposes.
        long written = happened(s.written) ? s.written : s.firstRead;
        put(nanos, Phase.WRITE, s.writeStarted, written, s.ended);
        put(nanos, Phase.SERVER, written, s.firstRead, s.ended);
        put(nanos, Phase.TRANSFER, s.firstRead, s.lastRead, s.ended);
        if (happened(s.firstRead) && happened(s.tlsStarted) && s.tlsStarted >= s.firstRead) {
            // TLS that began amid a dialogue has a phase of its own.
            long tls = Math.min(happened(s.handshaken) ? s.handshaken : s.ended, s.lastRead);
            nanos.merge(Phase.TRANSFER, Math.max(0, tls - s.tlsStarted), (all, own) -> all - own);
        }
        return new Phases(nanos, s.ended - s.started);
    }

    private static void put(Map<Phase, Long> nanos, Phase phase, long from, long to, long ended) {
        if (happened(from)) {
            nanos.put(phase, Math.max(0, (happened(to) ? to : ended) - from));
        }
    }
}
