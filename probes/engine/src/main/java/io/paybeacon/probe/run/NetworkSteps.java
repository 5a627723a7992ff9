package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.Attempt;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.Assertion;
import io.paybeacon.probe.plan.Assertion.Expectation;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.plan.Template;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.probe.wire.DnsAttempt;
import io.paybeacon.probe.wire.DnsCall;
import io.paybeacon.probe.wire.Exchange;
import io.paybeacon.probe.wire.GrpcHealthCall;
import io.paybeacon.probe.wire.TcpCall;
import io.paybeacon.probe.wire.TlsCall;
import io.paybeacon.probe.wire.WireProbes;
import io.paybeacon.probe.yaml.Value;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Executes the steps that speak less than HTTP: tcp, tls, dns, and the health check of gRPC. */
final class NetworkSteps {

    private static final int DNS_PORT = 53;

    private final AttemptSender sender;
    private final WireProbes probes;
    private final InstantSource clock;

    NetworkSteps(AttemptSender sender, WireProbes probes, InstantSource clock) {
        this.sender = sender;
        this.probes = probes;
        this.clock = clock;
    }

    Future<StepResult> tcp(Flight flight, Step.Tcp step, Duration deadline) {
        return attempt(
                flight,
                step,
                "tcp",
                step.assertions(),
                deadline,
                () -> {
                    TcpCall call =
                            new TcpCall(
                                    host(flight, step.endpoint()),
                                    port(flight, step.endpoint()),
                                    step.tls(),
                                    step.dialogue().stream()
                                            .map(turn -> turn(flight, turn))
                                            .toList(),
                                    deadline,
                                    step.bytesMax());
                    flight.note("> tcp %s:%d".formatted(call.host(), call.port()));
                    return probes.tcp().send(flight.context(), flight.target().tls(), call);
                });
    }

    private static Exchange turn(Flight flight, Step.Turn turn) {
        return switch (turn) {
            case Step.Turn.Send(Template template) -> {
                String text = text(flight, template);
                flight.note("> " + text);
                yield new Exchange.Send(Buffer.buffer(text));
            }
            case Step.Turn.Expect(var pattern) -> {
                flight.note("expects " + pattern);
                yield new Exchange.Expect(pattern, Limits.DIALOGUE_BYTES_MAX);
            }
            case Step.Turn.StartTls() -> new Exchange.StartTls();
        };
    }

    Future<StepResult> tls(Flight flight, Step.Tls step, Duration deadline) {
        return attempt(
                flight,
                step,
                "tls",
                step.assertions(),
                deadline,
                () -> {
                    String host = host(flight, step.endpoint());
                    Template serverName = step.serverName();
                    TlsCall call =
                            new TlsCall(
                                    host,
                                    port(flight, step.endpoint()),
                                    serverName == null ? host : text(flight, serverName),
                                    deadline);
                    flight.note(
                            "> tls %s:%d as %s"
                                    .formatted(call.host(), call.port(), call.serverName()));
                    return probes.tls().send(flight.context(), flight.target().tls(), call);
                });
    }

    Future<StepResult> grpcHealth(Flight flight, Step.GrpcHealth step, Duration deadline) {
        return attempt(
                flight,
                step,
                "grpc",
                step.assertions(),
                deadline,
                () -> {
                    Boolean tls = step.tls();
                    GrpcHealthCall call =
                            new GrpcHealthCall(
                                    host(flight, step.endpoint()),
                                    port(flight, step.endpoint()),
                                    tls == null ? base(flight).tls() : tls,
                                    text(flight, step.service()),
                                    deadline);
                    flight.note(
                            "> grpc health %s:%d \"%s\""
                                    .formatted(call.host(), call.port(), call.service()));
                    return probes.grpcHealth().send(flight.context(), flight.target().tls(), call);
                });
    }

    Future<StepResult> dns(Flight flight, Step.Dns step, Duration deadline) {
        return attempt(
                flight,
                step,
                "dns",
                step.assertions(),
                deadline,
                () -> {
                    Template question = step.question();
                    Template server = step.server();
                    DnsCall call =
                            new DnsCall(
                                    question == null ? base(flight).host() : text(flight, question),
                                    DnsCall.Type.valueOf(step.type().name()),
                                    server == null
                                            ? Optional.empty()
                                            : Optional.of(address(text(flight, server))),
                                    step.tcp(),
                                    deadline);
                    flight.note("> dns %s %s".formatted(call.type(), call.name()));
                    return probes.dns().send(flight.context(), call);
                });
    }

    private <A extends Attempt> Future<StepResult> attempt(
            Flight flight,
            Step step,
            String protocol,
            List<Assertion> assertions,
            Duration deadline,
            Supplier<Future<A>> attempt) {
        long offset = flight.beginStep();
        return sender.turn(flight, Purpose.FLOW, deadline)
                .compose(stop ->
                        stop.isPresent()
                                ? Future.succeededFuture(
                                        flight.endStep(step.name(), offset, stop.get(), List.of()))
                                : send(flight, step, offset, protocol, assertions, attempt));
    }

    private <A extends Attempt> Future<StepResult> send(
            Flight flight,
            Step step,
            long offset,
            String protocol,
            List<Assertion> assertions,
            Supplier<Future<A>> attempt) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("paybeacon.purpose", Purpose.FLOW.label());
        attributes.put("network.protocol.name", protocol);
        AttemptSender.Subject subject =
                new AttemptSender.Subject(flight.trace().newSpanId(), protocol, attributes);
        Future<OnWire<A>> sent;
        try {
            sent = sender.send(flight, subject, attempt);
        } catch (IllegalArgumentException e) {
            return Future.succeededFuture(
                    flight.endStep(step.name(), offset, HttpSteps.fault(e), List.of()));
        }
        return sent.map(made -> {
            AttemptText.lines(made.attempt()).forEach(flight::note);
            flight.noteTimes(made.phases(), made.attempt().warm());
            Failure failure = judge(flight, made.attempt(), assertions);
            return flight.endStep(
                    step.name(),
                    offset,
                    failure,
                    List.of(made.booked(Purpose.FLOW).judged(failure)));
        });
    }

    private @Nullable Failure judge(Flight flight, Attempt attempt, List<Assertion> assertions) {
        Failure own = attempt.failure();
        // A plan may expect that a name does not exist.
        boolean expected =
                own != null
                        && own.reason() == ProbeReason.DNS_ANSWER
                        && assertions.stream().anyMatch(NetworkSteps::expectsAbsence);
        if (own != null && !expected) {
            return own;
        }
        AssertionText words = new AssertionText(new ExpectationCheck(flight.variables())::value);
        for (Assertion assertion : assertions) {
            Failure failure = check(flight, attempt, assertion);
            flight.note(
                    "asserted %s: %s"
                            .formatted(
                                    words.of(assertion),
                                    failure == null ? "holds" : "fails, " + failure.detail()));
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private static boolean expectsAbsence(Assertion assertion) {
        return assertion instanceof Assertion.DnsAnswer(Expectation.Absent());
    }

    private @Nullable Failure check(Flight flight, Attempt attempt, Assertion assertion) {
        return switch (assertion) {
            case Assertion.Latency latency ->
                    ConnectionCheck.check(latency, attempt.phases().totalNanos());
            case Assertion.CertificateDays days ->
                    ConnectionCheck.check(days, attempt.tls(), clock.instant());
            case Assertion.TlsProtocol protocol -> ConnectionCheck.check(protocol, attempt.tls());
            case Assertion.DnsAnswer answer -> check(flight, attempt, answer);
            case Assertion.Status _,
                    Assertion.Header _,
                    Assertion.Json _,
                    Assertion.Xml _,
                    Assertion.Body _,
                    Assertion.BodyBytes _,
                    Assertion.Amount _ ->
                    throw new IllegalStateException("A plan asserts HTTP of another protocol");
        };
    }

    /** Lists are looked at as a whole where the expectation is about one, else each answer is. */
    private static @Nullable Failure check(
            Flight flight, Attempt attempt, Assertion.DnsAnswer assertion) {
        List<Value.Text> answers =
                attempt instanceof DnsAttempt dns
                        ? dns.answers().stream().map(Value.Text::new).toList()
                        : List.of();
        ExpectationCheck check = new ExpectationCheck(flight.variables());
        Expectation expectation = assertion.expectation();
        Optional<String> broken =
                switch (expectation) {
                    case Expectation.Contains _, Expectation.Size _ ->
                            check.broken("the answer", answers, true, expectation);
                    case Expectation.Present _, Expectation.Absent _ ->
                            check.broken(
                                    "the answer",
                                    answers.isEmpty() ? null : answers,
                                    true,
                                    expectation);
                    default ->
                            answers.stream()
                                    .map(a -> check.broken("an answer", a, false, expectation))
                                    .flatMap(Optional::stream)
                                    .findFirst();
                };
        return broken.map(detail -> new Failure(ProbeReason.DNS_ANSWER, detail)).orElse(null);
    }

    private static Origin base(Flight flight) {
        return Origin.of(flight.target().baseUrl());
    }

    private static String host(Flight flight, Step.Endpoint endpoint) {
        Template host = endpoint.host();
        return host == null ? base(flight).host() : text(flight, host);
    }

    private static int port(Flight flight, Step.Endpoint endpoint) {
        return endpoint.port().orElse(base(flight).port());
    }

    private static String text(Flight flight, Template template) {
        return template.text(
                name -> {
                    Value value = flight.variables().get(name);
                    if (value == null) {
                        throw new IllegalArgumentException(
                                "the variable \"" + name + "\" has no value");
                    }
                    return value;
                },
                Function.identity());
    }

    /** A literal address, perhaps with a port: 192.0.2.1, 192.0.2.1:53, [2001:db8::1]:53. */
    private static InetSocketAddress address(String text) {
        boolean bracketed = text.startsWith("[");
        int colon = text.lastIndexOf(':');
        boolean hasPort =
                colon > 0
                        && (bracketed ? text.charAt(colon - 1) == ']' : text.indexOf(':') == colon);
        String host = hasPort ? text.substring(0, colon) : text;
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        try {
            int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : DNS_PORT;
            return new InetSocketAddress(InetAddress.ofLiteral(bare), port);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is not the address of a name server".formatted(text), e);
        }
    }
}
