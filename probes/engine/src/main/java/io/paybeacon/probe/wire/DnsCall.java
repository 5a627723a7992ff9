package io.paybeacon.probe.wire;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * One question to one name server. It is asked once: a lost datagram is a failure.
 *
 * @param name the name asked for
 * @param type the type of the records
 * @param server the name server; empty for the first one of the machine
 * @param tcp whether it is asked over TCP, not UDP
 * @param deadline time from the start to the answer
 */
public record DnsCall(
        String name,
        Type type,
        Optional<InetSocketAddress> server,
        boolean tcp,
        Duration deadline) {

    /** Types of records, with their numbers (IANA, DNS Resource Record TYPEs). */
    public enum Type {
        /** IPv4 address. */
        A(1),
        /** IPv6 address. */
        AAAA(28),
        /** Alias. */
        CNAME(5),
        /** Text. */
        TXT(16),
        /** Mail exchange. */
        MX(15),
        /** Service. */
        SRV(33),
        /** Name server. */
        NS(2);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    public DnsCall {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(server, "server is null");
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline " + deadline + " is not positive");
        }
    }
}
