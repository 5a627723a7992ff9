package io.paybeacon.probe.wire;

import io.netty.util.NetUtil;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.Dialer;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks name servers, each question once and over a socket of its own. Thread-safe. */
public final class DnsProbe {

    private static final int IDS = 1 << 16;

    private final Dialer dialer;

    /** Ids that cannot be guessed keep forged answers out. */
    private final SecureRandom ids = new SecureRandom();

    /** A prober over the connections of a dialer. */
    public DnsProbe(Dialer dialer) {
        this.dialer = dialer;
    }

    /**
     * Makes one attempt. The future never fails: every way to fail is a value.
     *
     * @param context an event-loop context of the dialer's Vertx
     */
    public Future<DnsAttempt> send(ContextInternal context, DnsCall call) {
        int id = ids.nextInt(IDS);
        Buffer question;
        try {
            question = DnsMessage.question(id, call.name(), call.type());
        } catch (IllegalArgumentException e) {
            return refused(context, "the question cannot be asked: " + e.getMessage());
        }
        InetSocketAddress server = call.server().orElseGet(() -> dialer.nameServerFor(call.name()));
        InetAddress address = server.getAddress();
        if (address == null) {
            return refused(
                    context,
                    "the name server \"%s\" is no address".formatted(server.getHostString()));
        }
        Future<DnsAttempt> asked =
                call.tcp()
                        ? new DnsStream(
                                        context,
                                        dialer,
                                        NetUtil.toAddressString(address),
                                        server.getPort(),
                                        call,
                                        id,
                                        question)
                                .send()
                        : new DnsDatagram(context, server, call, id, question).send();
        return asked.map(attempt -> attempt.of(address));
    }

    private static Future<DnsAttempt> refused(ContextInternal context, String detail) {
        return context.succeededFuture(
                failed(new Phases(Map.of(), 0), new Failure(ProbeReason.AGENT_FAULT, detail)));
    }

    static DnsAttempt failed(Phases phases, Failure failure) {
        return new DnsAttempt(phases, "", List.of(), -1, failure, DnsAttempt.Records.NONE, null);
    }

    /** What an answer makes of an attempt. */
    static DnsAttempt judge(Phases phases, Buffer message, DnsCall call) {
        try {
            DnsMessage.Answer answer = DnsMessage.read(message, call.name(), call.type());
            return new DnsAttempt(
                    phases,
                    answer.rcode(),
                    answer.answers(),
                    answer.minTtlSeconds(),
                    failure(answer, call),
                    answer.records(),
                    null);
        } catch (DnsMessage.Malformed e) {
            return failed(
                    phases, new Failure(ProbeReason.PROTOCOL, "no DNS answer: " + e.getMessage()));
        }
    }

    private static @Nullable Failure failure(DnsMessage.Answer answer, DnsCall call) {
        if (!answer.rcode().equals("NOERROR")) {
            return new Failure(ProbeReason.DNS_ANSWER, "the name server answers " + answer.rcode());
        }
        if (answer.truncated()) {
            return new Failure(
                    ProbeReason.DNS_ANSWER, "the answer does not fit a datagram; ask over TCP");
        }
        return answer.answers().isEmpty()
                ? new Failure(
                        ProbeReason.DNS_ANSWER, "the name has no record of type " + call.type())
                : null;
    }
}
