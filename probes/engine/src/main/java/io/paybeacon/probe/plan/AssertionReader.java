package io.paybeacon.probe.plan;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.Assertion.Bound;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the assertions of a step. */
final class AssertionReader {

    /** The kinds of an http step, by the key that tells them. */
    static final Map<String, Shape> OF_HTTP =
            kinds(
                    Shape.OF_STATUS,
                    Shape.OF_JSON,
                    Shape.OF_HEADER,
                    Shape.OF_XML,
                    Shape.OF_BODY,
                    Shape.OF_AMOUNT,
                    Shape.OF_BODY_BYTES,
                    Shape.OF_LATENCY,
                    Shape.OF_CERTIFICATE_DAYS,
                    Shape.OF_TLS_PROTOCOL);

    /** The kinds of a step that may go over TLS. */
    static final Map<String, Shape> OF_CONNECTION =
            kinds(Shape.OF_LATENCY, Shape.OF_CERTIFICATE_DAYS, Shape.OF_TLS_PROTOCOL);

    /** The kinds of a dns step. */
    static final Map<String, Shape> OF_DNS = kinds(Shape.OF_DNS_ANSWER, Shape.OF_LATENCY);

    private final Scope scope;
    private final ExpectationReader expectations;

    AssertionReader(Scope scope) {
        this.scope = scope;
        this.expectations = new ExpectationReader(scope);
    }

    private static Map<String, Shape> kinds(Shape... shapes) {
        Map<String, Shape> kinds = new LinkedHashMap<>();
        for (Shape shape : shapes) {
            kinds.put(shape.keys().getFirst(), shape);
        }
        return kinds;
    }

    List<Assertion> read(Fields step, Map<String, Shape> kinds) {
        List<Assertion> assertions = new ArrayList<>();
        List<YamlNode> items = step.list("assert", "write a list of assertions, each with a dash");
        for (int i = 0; i < items.size(); i++) {
            String where = step.path("assert") + "[" + i + "]";
            assertion(items.get(i), where, kinds).ifPresent(assertions::add);
        }
        return assertions;
    }

    private Optional<Assertion> assertion(YamlNode node, String where, Map<String, Shape> kinds) {
        Optional<Shape> kind = kind(node, kinds);
        if (kind.isEmpty()) {
            Fields.of(node, where, List.copyOf(kinds.keySet()), scope.problems());
            if (node instanceof YamlNode.Mapping mapping && mapping.entries().isEmpty()) {
                scope.problems().add(node.line(), where, "the assertion is empty");
            }
            return Optional.empty();
        }
        Shape shape = kind.get();
        return assertion(shape, Fields.of(node, where, shape.keys(), scope.problems()));
    }

    private static Optional<Shape> kind(YamlNode node, Map<String, Shape> kinds) {
        return node instanceof YamlNode.Mapping mapping
                ? kinds.entrySet().stream()
                        .filter(kind -> mapping.entries().containsKey(kind.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                : Optional.empty();
    }

    private Optional<Assertion> assertion(Shape shape, Fields fields) {
        return switch (shape) {
            case OF_STATUS -> status(fields);
            case OF_JSON -> json(fields).map(json -> json);
            case OF_HEADER -> header(fields);
            case OF_XML -> xml(fields);
            case OF_BODY -> expectations.read(fields, "body").map(Assertion.Body::new);
            case OF_AMOUNT -> amount(fields);
            case OF_BODY_BYTES ->
                    fields.wholeNumber("bodyBytesMax", 0, Limits.BODY_BYTES_MAX)
                            .map(max -> new Assertion.BodyBytes(max.intValue()));
            case OF_LATENCY ->
                    fields.duration("latencyMax", Limits.PLAN_TIMEOUT_MAX)
                            .map(Assertion.Latency::new);
            case OF_CERTIFICATE_DAYS -> certificateDays(fields);
            case OF_TLS_PROTOCOL -> tlsProtocol(fields);
            case OF_DNS_ANSWER ->
                    expectations.read(fields, "dnsAnswer").map(Assertion.DnsAnswer::new);
            default -> throw new IllegalStateException("Not an assertion: " + shape);
        };
    }

    private static Optional<Assertion> status(Fields fields) {
        Set<Integer> statuses = fields.wholeNumbers("status", 100, 599);
        return statuses.isEmpty() ? Optional.empty() : Optional.of(new Assertion.Status(statuses));
    }

    /** A JSON path with what must stand there. */
    Optional<Assertion.Json> json(Fields fields) {
        Optional<Assertion.Expectation> expectation = expectations.read(fields);
        return path(fields, "json")
                .flatMap(path -> expectation.map(expected -> new Assertion.Json(path, expected)));
    }

    private Optional<Assertion> header(Fields fields) {
        Optional<Assertion.Expectation> expectation = expectations.read(fields);
        return fields.optionalText("header", "write the name of a header")
                .flatMap(name -> expectation.map(expected -> new Assertion.Header(name, expected)));
    }

    private Optional<Assertion> xml(Fields fields) {
        Optional<Assertion.Expectation> expectation = expectations.read(fields);
        return fields.node("xml")
                .flatMap(node -> scope.xmlPath(node, fields.path("xml")))
                .flatMap(path -> expectation.map(expected -> new Assertion.Xml(path, expected)));
    }

    private Optional<Assertion> amount(Fields fields) {
        for (String key : List.of("currency", "equals")) {
            if (!fields.has(key)) {
                fields.missing(
                        key,
                        "an amount needs its path, the currency's path, and what both must equal");
            }
        }
        Optional<DocumentPath> amount = path(fields, "amount");
        Optional<DocumentPath> currency = path(fields, "currency");
        Optional<SideEffect.AmountTemplate> expected =
                fields.node("equals").map(node -> scope.amount(node, fields.path("equals")));
        if (amount.isEmpty() || currency.isEmpty() || expected.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Assertion.Amount(amount.get(), currency.get(), expected.get()));
    }

    private Optional<DocumentPath> path(Fields fields, String key) {
        return fields.node(key).flatMap(node -> scope.path(node, fields.path(key)));
    }

    private Optional<Assertion> certificateDays(Fields fields) {
        List<Bound> bounds =
                expectations.limits(
                        fields.node("certificateDays").orElseThrow(), fields, "certificateDays");
        return bounds.isEmpty()
                ? Optional.empty()
                : Optional.of(new Assertion.CertificateDays(bounds));
    }

    private static Optional<Assertion> tlsProtocol(Fields fields) {
        Set<String> protocols = fields.texts("tlsProtocol");
        for (String protocol : protocols) {
            if (!protocol.equals("TLSv1.2") && !protocol.equals("TLSv1.3")) {
                fields.problem(
                        "tlsProtocol",
                        "\"%s\" is not a version; write TLSv1.2, TLSv1.3 or a list of them"
                                .formatted(protocol));
            }
        }
        return protocols.isEmpty()
                ? Optional.empty()
                : Optional.of(new Assertion.TlsProtocol(protocols));
    }
}
