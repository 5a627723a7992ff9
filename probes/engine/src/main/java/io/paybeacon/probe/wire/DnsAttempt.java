package io.paybeacon.probe.wire;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.http.Attempt;
import io.paybeacon.probe.http.TlsFacts;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a DNS query went.
 *
 * @param phases where its time went: write, server, and over TCP also connect and transfer
 * @param rcode response code such as {@code NOERROR}; empty when no answer came
 * @param answers the data of the answer's records of the type asked for, in order, in the form of
 *     zone files without the closing dot of names: {@code 10 mail.example.com} for MX
 * @param minTtlSeconds smallest time to live of these records; -1 when there is none
 * @param failure why it failed; null when the code is NOERROR and a record of the type came
 * @param records how many records the answer has
 * @param address of the name server; null when there was none to ask
 */
public record DnsAttempt(
        Phases phases,
        String rcode,
        List<String> answers,
        long minTtlSeconds,
        @Nullable Failure failure,
        Records records,
        @Nullable InetAddress address)
        implements Attempt {

    public DnsAttempt {
        requireNonNull(phases, "phases is null");
        requireNonNull(rcode, "rcode is null");
        answers = List.copyOf(answers);
    }

    /**
     * How many records of any type stand in each section of an answer, that of EDNS left out.
     *
     * @param answers in the answer section
     * @param authority in the authority section
     * @param additional in the additional section
     */
    public record Records(int answers, int authority, int additional) {
        /** There was no answer. */
        static final Records NONE = new Records(0, 0, 0);
    }

    /** The same of the name server at that address. */
    DnsAttempt of(InetAddress server) {
        return new DnsAttempt(phases, rcode, answers, minTtlSeconds, failure, records, server);
    }

    /** Always: a question changes nothing, whether or not it came through. */
    @Override
    public boolean maybeReceived() {
        return true;
    }

    /** Never: each question has a socket of its own. */
    @Override
    public boolean warm() {
        return false;
    }

    /** None: DNS is asked without TLS. */
    @Override
    public @Nullable TlsFacts tls() {
        return null;
    }
}
