package io.paybeacon.probe.plan;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.Step.Endpoint;
import io.paybeacon.probe.plan.Step.RecordType;
import io.paybeacon.probe.plan.Step.Turn;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.probe.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the steps that speak less than HTTP: tcp, tls, dns, and the health check of gRPC. */
final class NetworkStepReader {

    private final Scope scope;
    private final AssertionReader assertions;

    NetworkStepReader(Scope scope) {
        this.scope = scope;
        this.assertions = new AssertionReader(scope);
    }

    Step tcp(Fields step, String name, Duration timeout) {
        Fields tcp = fields(step, "tcp", Shape.TCP);
        if (!tcp.has("port")) {
            tcp.missing("port", "write the TCP port, such as 443");
        }
        Endpoint endpoint = endpoint(tcp);
        boolean tls = tcp.flag("tls");
        List<Turn> dialogue = dialogue(tcp);
        long upgrades = dialogue.stream().filter(Turn.StartTls.class::isInstance).count();
        if (upgrades + (tls ? 1 : 0) > 1) {
            tcp.problem("dialogue", "a connection goes over to TLS once; keep one startTls or tls");
        }
        int bytesMax =
                tcp.wholeNumber("bytesMax", 1, Limits.BODY_BYTES_MAX)
                        .map(Long::intValue)
                        .orElse(Limits.DIALOGUE_BYTES_MAX);
        return new Step.Tcp(
                name,
                timeout,
                endpoint,
                tls,
                dialogue,
                bytesMax,
                assertions.read(step, AssertionReader.OF_CONNECTION));
    }

    Step tls(Fields step, String name, Duration timeout) {
        Fields tls = fields(step, "tls", Shape.TLS);
        return new Step.Tls(
                name,
                timeout,
                endpoint(tls),
                template(tls, "serverName"),
                assertions.read(step, AssertionReader.OF_CONNECTION));
    }

    Step dns(Fields step, String name, Duration timeout) {
        Fields dns = fields(step, "dns", Shape.DNS);
        return new Step.Dns(
                name,
                timeout,
                template(dns, "name"),
                recordType(dns),
                template(dns, "server"),
                dns.flag("tcp"),
                assertions.read(step, AssertionReader.OF_DNS));
    }

    private static RecordType recordType(Fields dns) {
        String remedy = "write one of A, AAAA, CNAME, TXT, MX, SRV, NS";
        Optional<String> text = dns.optionalText("type", remedy);
        if (text.isEmpty()) {
            return RecordType.A;
        }
        for (RecordType type : RecordType.values()) {
            if (type.name().equals(text.get().toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        dns.problem("type", "\"%s\" is not a type of record; %s".formatted(text.get(), remedy));
        return RecordType.A;
    }

    Step grpcHealth(Fields step, String name, Duration timeout) {
        Fields grpc = fields(step, "grpcHealth", Shape.GRPC_HEALTH);
        @Nullable Template service = template(grpc, "service");
        return new Step.GrpcHealth(
                name,
                timeout,
                endpoint(grpc),
                grpc.has("tls") ? grpc.flag("tls") : null,
                service == null ? Template.of(new Value.Text("")) : service,
                assertions.read(step, AssertionReader.OF_CONNECTION));
    }

    /** The mapping of a kind; {@code tls:} alone, without a value, is one without keys. */
    private Fields fields(Fields step, String key, Shape shape) {
        YamlNode node = step.node(key).orElseThrow();
        YamlNode mapping =
                node instanceof YamlNode.Nothing(int line)
                        ? new YamlNode.Mapping(line, Map.of())
                        : node;
        return Fields.of(mapping, step.path(key), shape.keys(), scope.problems());
    }

    private Endpoint endpoint(Fields fields) {
        OptionalInt port =
                fields.wholeNumber("port", 1, 65_535)
                        .map(found -> OptionalInt.of(found.intValue()))
                        .orElse(OptionalInt.empty());
        return new Endpoint(template(fields, "host"), port);
    }

    private @Nullable Template template(Fields fields, String key) {
        return fields.node(key).map(node -> scope.template(node, fields.path(key))).orElse(null);
    }

    private List<Turn> dialogue(Fields tcp) {
        List<Turn> turns = new ArrayList<>();
        List<YamlNode> nodes =
                tcp.list("dialogue", "write a list of send, expect and startTls, with dashes");
        if (nodes.size() > Limits.DIALOGUE_TURNS_MAX) {
            tcp.problem(
                    "dialogue",
                    "it has %d turns; at most %d are read"
                            .formatted(nodes.size(), Limits.DIALOGUE_TURNS_MAX));
            return turns;
        }
        for (int i = 0; i < nodes.size(); i++) {
            String where = tcp.path("dialogue") + "[" + i + "]";
            Fields turn = Fields.of(nodes.get(i), where, Shape.TURN.keys(), scope.problems());
            turn(turn, where).ifPresent(turns::add);
        }
        return turns;
    }

    private Optional<Turn> turn(Fields turn, String where) {
        List<String> given = Shape.TURN.keys().stream().filter(turn::has).toList();
        if (given.size() != 1) {
            scope.problems()
                    .add(
                            turn.line(),
                            where,
                            "a turn needs exactly one of send, expect, startTls, and has %s"
                                    .formatted(
                                            given.isEmpty() ? "none" : String.join(", ", given)));
            return Optional.empty();
        }
        String key = given.getFirst();
        YamlNode node = turn.node(key).orElseThrow();
        return switch (key) {
            case "send" -> Optional.of(new Turn.Send(scope.template(node, turn.path(key))));
            case "expect" -> scope.pattern(node, turn.path(key)).map(Turn.Expect::new);
            default -> {
                if (!turn.flag(key)) {
                    turn.problem(key, "write true, or leave the turn out");
                    yield Optional.empty();
                }
                yield Optional.of(new Turn.StartTls());
            }
        };
    }
}
