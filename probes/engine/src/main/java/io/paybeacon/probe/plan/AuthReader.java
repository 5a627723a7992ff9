package io.paybeacon.probe.plan;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.OAuth2Client.ClientAuth;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.Nearest;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.probe.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a request says of who sends it. */
final class AuthReader {

    private static final String REFERENCE = "\\$\\{[^} ]+\\}";
    private static final String REMEDY =
            "write bearer ${secret.name}, basic ${secret.user} ${secret.password}, or oauth2 and"
                    + " the name of a client of the plan";

    private final Scope scope;

    AuthReader(Scope scope) {
        this.scope = scope;
    }

    /** The Authorization of an http step; null when there is none. */
    @Nullable Auth read(Fields http) {
        YamlNode node = http.node("auth").orElse(null);
        if (node == null) {
            return null;
        }
        String text = node instanceof YamlNode.Scalar scalar ? scalar.value().text().strip() : "";
        String[] words = text.split(" +", -1);
        if (words[0].equals("oauth2") && words.length == 2) {
            return oauth2(http, words[1]);
        }
        boolean known =
                text.matches("bearer +" + REFERENCE)
                        || text.matches("basic +" + REFERENCE)
                        || text.matches("basic +[^ ]+ +" + REFERENCE);
        if (!known) {
            http.problem("auth", REMEDY);
            return null;
        }
        Template first = word(http, node, words[1]);
        if (words[0].equals("bearer")) {
            return new Auth.Bearer(first);
        }
        return new Auth.Basic(
                first,
                words.length == 3 ? word(http, node, words[2]) : Template.of(new Value.Text("")));
    }

    private Template word(Fields http, YamlNode node, String word) {
        YamlNode scalar = new YamlNode.Scalar(node.line(), new Value.Text(word));
        return scope.templateWithSecrets(scalar, http.path("auth"));
    }

    private @Nullable Auth oauth2(Fields http, String client) {
        if (!scope.oauth2Clients().contains(client)) {
            http.problem(
                    "auth",
                    scope.oauth2Clients().isEmpty()
                            ? "the plan has no oauth2 client \"%s\"; declare it under oauth2"
                                    .formatted(client)
                            : "the plan has no oauth2 client \"%s\"; %s"
                                    .formatted(
                                            client,
                                            Nearest.suggestion(client, scope.oauth2Clients())));
            return null;
        }
        return new Auth.OAuth2(client);
    }

    /** The OAuth2 clients of a plan, by name. */
    Map<String, OAuth2Client> clients(Fields plan) {
        Map<String, OAuth2Client> clients = new LinkedHashMap<>();
        plan.nodes("oauth2", "write a mapping of names to clients")
                .forEach((name, node) -> {
                    String where = plan.path("oauth2") + "." + name;
                    if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
                        scope.problems()
                                .add(
                                        node.line(),
                                        where,
                                        "a client's name has letters, digits, underscores, dashes");
                    }
                    Fields fields = Fields.of(node, where, Shape.OAUTH2.keys(), scope.problems());
                    scope.declareOAuth2(name);
                    clients.put(name, client(name, fields));
                });
        return clients;
    }

    private OAuth2Client client(String name, Fields fields) {
        Template scopeAsked =
                fields.node("scope")
                        .map(node -> scope.template(node, fields.path("scope")))
                        .orElse(null);
        return new OAuth2Client(
                name,
                new AddressReader(scope).read(fields),
                credential(fields, "clientId"),
                credential(fields, "clientSecret"),
                scopeAsked,
                fields.word("clientAuth", ClientAuth.class).orElse(ClientAuth.BASIC),
                form(fields),
                fields.duration("timeout", Limits.PLAN_TIMEOUT_MAX)
                        .orElse(Limits.STEP_TIMEOUT_DEFAULT));
    }

    private Template credential(Fields fields, String key) {
        Optional<YamlNode> node = fields.node(key);
        if (node.isEmpty()) {
            fields.missing(key, "write ${secret.%s}, and %s under secrets".formatted(key, key));
            return Template.of(new Value.Text(""));
        }
        Template template = scope.templateWithSecrets(node.get(), fields.path(key));
        if (key.equals("clientSecret") && template.secrets().isEmpty()) {
            fields.problem(key, "write ${secret.%s}, and %s under secrets".formatted(key, key));
        }
        return template;
    }

    private List<RequestTemplate.Field> form(Fields fields) {
        List<RequestTemplate.Field> form = new ArrayList<>();
        fields.nodes("form", "write a mapping of names to values")
                .forEach((name, node) ->
                        form.add(
                                new RequestTemplate.Field(
                                        name,
                                        scope.template(node, fields.path("form") + "." + name))));
        return form;
    }
}
