package io.paybeacon.probe.plan;

import io.paybeacon.probe.plan.Extraction.Source;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a step keeps from its response. */
final class ExtractionReader {

    private static final List<String> SOURCES = List.of("json", "header", "regex", "xml");

    private final Scope scope;

    ExtractionReader(Scope scope) {
        this.scope = scope;
    }

    List<Extraction> read(Fields step) {
        List<Extraction> extractions = new ArrayList<>();
        step.entries("extract", "write a mapping of variables to JSON paths")
                .forEach((variable, entry) -> {
                    String where = step.path("extract") + "." + variable;
                    checkName(variable, entry.keyLine(), where);
                    extraction(variable, entry.node(), where).ifPresent(extractions::add);
                    scope.declareVariable(variable);
                });
        return extractions;
    }

    private void checkName(String variable, int line, String where) {
        if (!variable.matches("[A-Za-z_][A-Za-z0-9_]*") || variable.equals(Template.RUN)) {
            scope.problems()
                    .add(
                            line,
                            where,
                            "\"%s\" is not a variable's name; use letters, digits and underscores,"
                                            .formatted(variable)
                                    + " and not \"run\"");
        }
    }

    private Optional<Extraction> extraction(String variable, YamlNode node, String where) {
        if (!(node instanceof YamlNode.Mapping)) {
            return scope.path(node, where)
                    .map(path -> new Extraction(variable, false, false, new Source.OfJson(path)));
        }
        Fields fields = Fields.of(node, where, Shape.EXTRACTION.keys(), scope.problems());
        List<String> given = SOURCES.stream().filter(fields::has).toList();
        if (given.size() != 1) {
            scope.problems()
                    .add(
                            fields.line(),
                            where,
                            "it needs exactly one of %s, and has %s"
                                    .formatted(
                                            String.join(", ", SOURCES),
                                            given.isEmpty() ? "none" : String.join(", ", given)));
            return Optional.empty();
        }
        boolean optional = fields.flag("optional");
        boolean secret = fields.flag("secret");
        return source(fields, given.getFirst())
                .map(source -> new Extraction(variable, optional, secret, source));
    }

    private Optional<Source> source(Fields fields, String kind) {
        if (kind.equals("header")) {
            return fields.optionalText("header", "write the name of a header")
                    .map(Source.OfHeader::new);
        }
        YamlNode node = fields.node(kind).orElseThrow();
        return switch (kind) {
            case "json" -> scope.path(node, fields.path(kind)).map(Source.OfJson::new);
            case "regex" ->
                    scope.patternWithGroup(node, fields.path(kind)).map(Source.OfRegex::new);
            default -> scope.xmlPath(node, fields.path(kind)).map(Source.OfXml::new);
        };
    }
}
