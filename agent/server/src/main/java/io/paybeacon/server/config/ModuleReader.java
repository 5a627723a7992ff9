package io.paybeacon.server.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.paybeacon.probe.http.Protocol;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.probe.wire.DnsCall;
import io.paybeacon.probe.wire.Exchange;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.server.config.ModuleConfig.Check;
import io.paybeacon.server.config.schema.Defaults;
import io.paybeacon.server.config.schema.ModuleKeys;
import io.paybeacon.server.config.schema.Shape.Group;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the modules of {@code /probe}. */
final class ModuleReader {
    private static final List<String> CHECKS = List.of("http", "tcp", "tls", "dns", "grpc");
    private static final String REGEX = "write a regular expression of RE2, in quotes";

    private final ReadingContext context;
    private final ConnectionReader connections;

    ModuleReader(ReadingContext context) {
        this.context = context;
        this.connections = new ConnectionReader(context);
    }

    /** The shipped modules and the configured ones, which come in their place. */
    List<ModuleConfig> read(Fields document) {
        Map<String, ModuleConfig> modules = new TreeMap<>();
        ModuleConfig.shipped().forEach(module -> modules.put(module.name(), module));
        Map<String, YamlNode.Entry> entries =
                document.entries("modules", "write a name for each module, and its keys below it");
        if (entries.size() > Defaults.MODULES_MAX) {
            document.problem(
                    "modules",
                    "it has %d modules; at most %d are read"
                            .formatted(entries.size(), Defaults.MODULES_MAX));
            return List.of();
        }
        entries.forEach((name, entry) -> {
            context.checkName("modules", name, entry.keyLine());
            Fields fields = context.fields(entry.node(), "modules." + name, ModuleKeys.MODULE);
            module(name, fields).ifPresent(module -> modules.put(name, module));
        });
        return List.copyOf(modules.values());
    }

    private Optional<ModuleConfig> module(String name, Fields fields) {
        var timeout =
                fields.duration("timeout", Defaults.MODULE_TIMEOUT_MAX)
                        .orElse(Defaults.MODULE_TIMEOUT);
        Connection connection = connections.read(fields);
        List<String> named = CHECKS.stream().filter(fields::has).toList();
        if (named.isEmpty()) {
            fields.missing("http", "a module has one of " + String.join(", ", CHECKS));
        }
        if (named.size() > 1) {
            fields.problem(
                    named.get(1),
                    "the module has %s as well; keep one of them".formatted(named.getFirst()));
        }
        Optional<? extends Check> check =
                named.stream().findFirst().flatMap(key -> check(fields, key));
        return check.map(found -> new ModuleConfig(name, timeout, found, connection));
    }

    private Optional<? extends Check> check(Fields parent, String key) {
        YamlNode node = parent.node(key).orElseThrow();
        String where = parent.path(key);
        return switch (key) {
            case "http" -> Optional.of(http(fields(node, where, ModuleKeys.HTTP)));
            case "tcp" -> Optional.of(tcp(fields(node, where, ModuleKeys.TCP)));
            case "tls" ->
                    Optional.of(
                            new Check.Tls(
                                    fields(node, where, ModuleKeys.TLS)
                                            .optionalText("serverName", "write a name")));
            case "dns" -> dns(fields(node, where, ModuleKeys.DNS));
            default -> Optional.of(grpc(fields(node, where, ModuleKeys.GRPC)));
        };
    }

    private Fields fields(YamlNode node, String where, Group group) {
        return context.fields(node, where, group);
    }

    private Check.Http http(Fields fields) {
        Optional<Secret> token = context.secret(fields, "token");
        Optional<Login> login = context.login(fields);
        if (fields.has("token") && fields.has("user")) {
            fields.problem("token", "a user is named as well; keep one of them");
        }
        boolean failIfTls = fields.flag("failIfTls");
        boolean failIfNotTls = fields.flag("failIfNotTls");
        if (failIfTls && failIfNotTls) {
            fields.problem("failIfNotTls", "failIfTls is true as well, so that nothing passes");
        }
        return new Check.Http(
                listed(fields, "method", ModuleKeys.METHODS).orElse("GET"),
                version(fields),
                headers(fields),
                fields.optionalText("body", "write a text").orElse(""),
                token,
                login,
                fields.wholeNumbers("status", 100, 599),
                fields.wholeNumber("redirects", 0, Defaults.MODULE_REDIRECTS_MAX)
                        .map(Long::intValue)
                        .orElse(Defaults.MODULE_REDIRECTS),
                expressions(fields, "bodyMatches"),
                expressions(fields, "bodyNotMatches"),
                failIfTls,
                failIfNotTls);
    }

    private static Protocol version(Fields fields) {
        String text =
                fields.optionalText("version", "write \"1.1\" or \"2\", in quotes").orElse("1.1");
        if (!ModuleKeys.VERSIONS.contains(text)) {
            fields.problem("version", "\"%s\" is unknown; write \"1.1\" or \"2\"".formatted(text));
        }
        return text.equals("2") ? Protocol.HTTP_2 : Protocol.HTTP_1_1;
    }

    private Map<String, String> headers(Fields fields) {
        Map<String, String> headers = new HashMap<>();
        fields.entries("headers", "write a name and a value for each header")
                .forEach((name, entry) -> {
                    String where = fields.path("headers");
                    if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")) {
                        context.problems().add(entry.keyLine(), where, "it is not a header's name");
                    } else if (name.equalsIgnoreCase("authorization")) {
                        context.problems()
                                .add(
                                        entry.keyLine(),
                                        where + "." + name,
                                        "a secret stands in this file; write it as a reference"
                                                + " under token, or user and password");
                    } else if (entry.node() instanceof YamlNode.Scalar scalar
                            && scalar.value().text().matches("[\\x20-\\x7e]*")) {
                        headers.put(name, scalar.value().text());
                    } else {
                        context.problems()
                                .add(
                                        entry.keyLine(),
                                        where + "." + name,
                                        "it is not a header's value; write one line of ASCII");
                    }
                });
        return headers;
    }

    private Check.Tcp tcp(Fields fields) {
        List<Exchange> dialogue = new ArrayList<>();
        List<YamlNode> nodes = fields.list("dialogue", "write a list of send, expect and startTls");
        for (int i = 0; i < nodes.size(); i++) {
            exchange(nodes.get(i), fields.path("dialogue") + "[" + i + "]")
                    .ifPresent(dialogue::add);
        }
        boolean tls = fields.flag("tls");
        long upgrades = dialogue.stream().filter(Exchange.StartTls.class::isInstance).count();
        if (upgrades + (tls ? 1 : 0) > 1) {
            fields.problem(
                    "dialogue", "TLS begins more than once; keep one startTls, or tls: true");
        }
        return new Check.Tcp(tls, dialogue);
    }

    private Optional<? extends Exchange> exchange(YamlNode node, String where) {
        List<Group> forms = ModuleKeys.EXCHANGE.groups();
        String key =
                node instanceof YamlNode.Mapping mapping && mapping.entries().size() == 1
                        ? mapping.entries().keySet().iterator().next()
                        : "";
        if (forms.stream().noneMatch(form -> form.names().contains(key))) {
            context.problems()
                    .add(
                            node.line(),
                            where,
                            "it is no exchange; write one of send, expect, startTls, with its"
                                    + " value");
            return Optional.empty();
        }
        Fields fields =
                context.fields(
                        node,
                        where,
                        new Group(forms.stream().flatMap(form -> form.keys().stream()).toList()));
        return switch (key) {
            case "send" -> fields.optionalText(key, "write a line").map(ModuleReader::send);
            case "expect" ->
                    expressions(fields, key).stream()
                            .findFirst()
                            .map(text ->
                                    new Exchange.Expect(
                                            Pattern.compile(text), Defaults.EXPECT_BYTES_MAX));
            default -> {
                if (!fields.flag(key)) {
                    fields.problem(key, "write true, or leave it out");
                }
                yield Optional.of(new Exchange.StartTls());
            }
        };
    }

    /** Protocols of lines end them so (RFC 5321, RFC 1939, RFC 3501). */
    private static Exchange send(String line) {
        return new Exchange.Send(Buffer.buffer(line + "\r\n"));
    }

    private Optional<Check.Dns> dns(Fields fields) {
        String name = fields.text("name", "write the name to ask for");
        DnsCall.Type type =
                context.word(fields, "type", DnsCall.Type.class, DnsCall.Type::name)
                        .orElse(DnsCall.Type.A);
        boolean tcp = fields.flag("tcp");
        List<String> answers = expressions(fields, "answerMatches");
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new Check.Dns(name, type, tcp, answers));
    }

    private static Check.GrpcHealth grpc(Fields fields) {
        String service = fields.optionalText("service", "write a service's name").orElse("");
        return new Check.GrpcHealth(service, !fields.has("tls") || fields.flag("tls"));
    }

    private static Optional<String> listed(Fields fields, String key, List<String> words) {
        String all = String.join(", ", words);
        String text = fields.optionalText(key, "write one of " + all).orElse(null);
        if (text != null && !words.contains(text)) {
            fields.problem(key, "\"%s\" is unknown; write one of %s".formatted(text, all));
            return Optional.empty();
        }
        return Optional.ofNullable(text);
    }

    private static List<String> expressions(Fields fields, String key) {
        Set<String> texts = fields.texts(key);
        List<String> expressions = new ArrayList<>();
        for (String text : texts) {
            try {
                Pattern.compile(text);
                expressions.add(text);
            } catch (PatternSyntaxException e) {
                fields.problem(key, "\"%s\" is not an expression; %s".formatted(text, REGEX));
            }
        }
        return expressions;
    }
}
