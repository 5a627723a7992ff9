package io.paybeacon.server.blackbox;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.Attempt;
import io.paybeacon.probe.http.Dialer;
import io.paybeacon.probe.http.HttpProbe;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.wire.DnsAttempt;
import io.paybeacon.probe.wire.DnsCall;
import io.paybeacon.probe.wire.DnsProbe;
import io.paybeacon.probe.wire.GrpcHealthAttempt;
import io.paybeacon.probe.wire.GrpcHealthCall;
import io.paybeacon.probe.wire.GrpcHealthProbe;
import io.paybeacon.probe.wire.TcpAttempt;
import io.paybeacon.probe.wire.TcpCall;
import io.paybeacon.probe.wire.TcpProbe;
import io.paybeacon.probe.wire.TlsCall;
import io.paybeacon.probe.wire.TlsProbe;
import io.paybeacon.server.config.ModuleConfig;
import io.paybeacon.server.config.ModuleConfig.Check;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Probes a target as a module says, once. Safe for use by many threads. */
final class TargetProber {
    private static final int HTTPS_PORT = 443;
    private static final int DNS_PORT = 53;
    private static final int TCP_BYTES_MAX = 1 << 20;
    private static final int GRPC_DEADLINE_EXCEEDED = 4;
    private static final int GRPC_UNAVAILABLE = 14;
    private static final Map<String, List<Phase>> DNS_PHASES =
            Map.of(
                    "resolve", List.of(Phase.RESOLVE),
                    "connect", List.of(Phase.CONNECT),
                    "request", List.of(Phase.WRITE, Phase.SERVER, Phase.TRANSFER));
    private static final Map<String, List<Phase>> GRPC_PHASES =
            Map.of(
                    "resolve", List.of(Phase.RESOLVE),
                    "connect", List.of(Phase.CONNECT),
                    "tls", List.of(Phase.TLS),
                    "check", List.of(Phase.WRITE, Phase.SERVER, Phase.TRANSFER));

    private final VertxInternal vertx;
    private final LongSupplier nanos;
    private final HttpProbe http;
    private final TcpProbe tcp;
    private final TlsProbe tls;
    private final DnsProbe dns;
    private final GrpcHealthProbe grpc;

    /**
     * A prober.
     *
     * @param vertx without a native transport, whose channels an attempt could not stamp
     * @param dialer over the same Vertx
     * @param nanos a monotonic clock
     */
    TargetProber(Vertx vertx, Dialer dialer, LongSupplier nanos) {
        this.vertx = (VertxInternal) vertx;
        this.nanos = nanos;
        this.http = new HttpProbe(dialer);
        this.tcp = new TcpProbe(dialer);
        this.tls = new TlsProbe(dialer);
        this.dns = new DnsProbe(dialer);
        this.grpc = new GrpcHealthProbe(http);
    }

    /**
     * The samples of one probe. Empty when the target is of no form that the module can take.
     *
     * @param deadline of the whole, from now
     */
    Optional<Future<BlackboxAnswer>> probe(ModuleConfig module, String text, Duration deadline) {
        Optional<Target> target =
                module.check() instanceof Check.Http ? Target.url(text) : Target.hostPort(text);
        return target.map(found -> {
            long start = nanos.getAsLong();
            ContextInternal context = vertx.createEventLoopContext();
            return probe(context, module, found, deadline)
                    .map(answer ->
                            answer.seconds(BlackboxMetric.DURATION, nanos.getAsLong() - start));
        });
    }

    private Future<BlackboxAnswer> probe(
            ContextInternal context, ModuleConfig module, Target target, Duration deadline) {
        TlsProfile profile = module.connection().tls();
        return switch (module.check()) {
            case Check.Http check ->
                    new HttpCheck(http, context, module, check, nanos).run(target, deadline);
            case Check.Tcp check ->
                    tcp.send(context, profile, tcpCall(check, target, deadline))
                            .map(TargetProber::answer);
            case Check.Tls check ->
                    tls.send(
                                    context,
                                    profile,
                                    new TlsCall(
                                            target.host(),
                                            target.portOr(HTTPS_PORT),
                                            check.serverName().orElse(target.host()),
                                            deadline))
                            .map(TargetProber::answer);
            case Check.Dns check -> dns(context, check, target, deadline);
            case Check.GrpcHealth check ->
                    grpc.send(
                                    context,
                                    profile,
                                    new GrpcHealthCall(
                                            target.host(),
                                            target.portOr(HTTPS_PORT),
                                            check.tls(),
                                            check.service(),
                                            deadline))
                            .map(attempt -> answer(attempt, check));
        };
    }

    private static TcpCall tcpCall(Check.Tcp check, Target target, Duration deadline) {
        return new TcpCall(
                target.host(),
                target.portOr(HTTPS_PORT),
                check.tls(),
                check.dialogue(),
                deadline,
                TCP_BYTES_MAX);
    }

    /** What every kind of attempt has. */
    static BlackboxAnswer common(Attempt attempt, @Nullable Failure failure) {
        BlackboxAnswer answer =
                new BlackboxAnswer()
                        .put(BlackboxMetric.SUCCESS, failure == null ? 1 : 0)
                        .address(attempt.address())
                        .tls(attempt.tls(), isTrusted(attempt.failure()));
        if (failure != null) {
            answer.put(BlackboxMetric.FAILED_REASON, 1, "reason", failure.reason().label());
        }
        return answer.seconds(
                BlackboxMetric.DNS_LOOKUP, attempt.phases().of(Phase.RESOLVE).orElse(0));
    }

    /** Whether nothing that went wrong had to do with the peer's certificate. */
    private static boolean isTrusted(@Nullable Failure failure) {
        return failure == null || !failure.reason().label().startsWith("tls_");
    }

    private static BlackboxAnswer answer(Attempt attempt) {
        BlackboxAnswer answer = common(attempt, attempt.failure());
        if (attempt instanceof TcpAttempt dialogue) {
            answer.put(BlackboxMetric.FAILED_REGEX, isUnexpected(dialogue) ? 1 : 0);
            for (int i = 0; i < dialogue.matchedGroups().size(); i++) {
                answer.put(
                        BlackboxMetric.TCP_EXPECT,
                        1,
                        "turn",
                        Integer.toString(i + 1),
                        "match",
                        dialogue.matchedGroups().get(i));
            }
        }
        return answer;
    }

    /** The peer spoke and closed, and what was expected was not in it; time ran out in no case. */
    private static boolean isUnexpected(TcpAttempt dialogue) {
        Failure failure = dialogue.failure();
        return failure != null
                && (failure.reason() == ProbeReason.ASSERTION
                        || (failure.reason() == ProbeReason.CLOSED && dialogue.bytesIn() > 0));
    }

    /** The target is the name server; the exporter takes a name for it as well. */
    private Future<BlackboxAnswer> dns(
            ContextInternal context, Check.Dns check, Target target, Duration deadline) {
        if (Target.isAddress(target.host())) {
            return ask(context, check, target, deadline);
        }
        DnsCall lookup =
                new DnsCall(target.host(), DnsCall.Type.A, Optional.empty(), false, deadline);
        return dns.send(context, lookup)
                .compose(found ->
                        found.failure() == null && !found.answers().isEmpty()
                                ? ask(
                                        context,
                                        check,
                                        new Target(
                                                false,
                                                found.answers().getLast(),
                                                target.port(),
                                                "/"),
                                        deadline)
                                : context.succeededFuture(common(found, found.failure())));
    }

    private Future<BlackboxAnswer> ask(
            ContextInternal context, Check.Dns check, Target server, Duration deadline) {
        InetSocketAddress address = new InetSocketAddress(server.host(), server.portOr(DNS_PORT));
        return dns.send(
                        context,
                        new DnsCall(
                                check.name(),
                                check.type(),
                                Optional.of(address),
                                check.tcp(),
                                deadline))
                .map(attempt -> answer(attempt, check));
    }

    private static BlackboxAnswer answer(DnsAttempt attempt, Check.Dns check) {
        Failure failure = attempt.failure();
        boolean unmatched =
                failure == null
                        && !check.answerMatches().stream()
                                .map(com.google.re2j.Pattern::compile)
                                .allMatch(pattern ->
                                        attempt.answers().stream()
                                                .anyMatch(one -> pattern.matcher(one).find()));
        if (unmatched) {
            failure =
                    new Failure(
                            ProbeReason.DNS_ANSWER, "no answer matches what the module expects");
        }
        return common(attempt, failure)
                .put(BlackboxMetric.DNS_SUCCEEDED, attempt.rcode().isEmpty() ? 0 : 1)
                .put(BlackboxMetric.DNS_ANSWERS, attempt.records().answers())
                .put(BlackboxMetric.DNS_AUTHORITY, attempt.records().authority())
                .put(BlackboxMetric.DNS_ADDITIONAL, attempt.records().additional())
                .phases(
                        BlackboxMetric.DNS_DURATION,
                        attempt.phases(),
                        DNS_PHASES,
                        !attempt.rcode().isEmpty());
    }

    private static BlackboxAnswer answer(GrpcHealthAttempt attempt, Check.GrpcHealth check) {
        BlackboxAnswer answer =
                common(attempt, attempt.failure())
                        .put(BlackboxMetric.GRPC_SSL, check.tls() ? 1 : 0)
                        .phases(BlackboxMetric.GRPC_DURATION, attempt.phases(), GRPC_PHASES, false)
                        .put(BlackboxMetric.GRPC_STATUS, grpcStatus(attempt));
        for (String status : List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN")) {
            answer.put(
                    BlackboxMetric.GRPC_RESPONSE,
                    status.equals(attempt.servingStatus()) ? 1 : 0,
                    "serving_status",
                    status);
        }
        return answer;
    }

    /** Without a status of the peer the one that clients of gRPC make up themselves. */
    private static int grpcStatus(GrpcHealthAttempt attempt) {
        if (attempt.grpcStatus() >= 0) {
            return attempt.grpcStatus();
        }
        Failure failure = attempt.failure();
        return failure != null && failure.reason().label().endsWith("_timeout")
                ? GRPC_DEADLINE_EXCEEDED
                : GRPC_UNAVAILABLE;
    }

    /** Closes its connections. */
    Future<Void> close() {
        return http.close();
    }
}
