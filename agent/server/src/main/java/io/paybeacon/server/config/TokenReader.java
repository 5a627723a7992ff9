package io.paybeacon.server.config;

import io.paybeacon.probe.secret.Secret;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.server.config.schema.ConfigKeys;
import io.paybeacon.server.config.schema.Defaults;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the tokens by which callers of the API are known. */
final class TokenReader {
    /** The characters of a bearer token (RFC 6750, section 2.1). */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final ReadingContext context;
    private final Set<Secret> seen = new HashSet<>();

    TokenReader(ReadingContext context) {
        this.context = context;
    }

    /** The tokens: the one without a name, which may do everything, then the named ones. */
    List<AccessToken> read(Fields document) {
        List<AccessToken> tokens = new ArrayList<>();
        document.node("token")
                .flatMap(node -> secret(node, "token"))
                .ifPresent(secret ->
                        tokens.add(
                                new AccessToken(AccessToken.UNNAMED, Role.ACT, List.of(secret))));
        Map<String, YamlNode.Entry> entries =
                document.entries("tokens", "write a name for each token, and its keys below it");
        if (entries.size() > Defaults.TOKENS_MAX) {
            document.problem(
                    "tokens",
                    "there are %d; at most %d are read"
                            .formatted(entries.size(), Defaults.TOKENS_MAX));
            return tokens;
        }
        entries.forEach((name, entry) -> {
            context.checkName("tokens", name, entry.keyLine());
            if (name.equals(AccessToken.UNNAMED) && document.has("token")) {
                context.problems()
                        .add(
                                entry.keyLine(),
                                "tokens." + name,
                                "the key token at the top has this name; choose another");
            }
            named(name, context.fields(entry.node(), "tokens." + name, ConfigKeys.TOKEN))
                    .ifPresent(tokens::add);
        });
        return tokens;
    }

    private Optional<AccessToken> named(String name, Fields fields) {
        Optional<Role> role = context.word(fields, "role", Role.class, Role::label);
        if (!fields.has("role")) {
            fields.missing(
                    "role",
                    "write %s, %s or %s"
                            .formatted(Role.READ.label(), Role.TELL.label(), Role.ACT.label()));
        }
        if (!fields.has("secrets")) {
            fields.missing(
                    "secrets",
                    "write ${file:path}, or a list of two while one replaces" + " another");
        }
        List<Secret> secrets = new ArrayList<>();
        for (YamlNode item : fields.oneOrMore("secrets")) {
            secret(item, fields.path("secrets")).ifPresent(secrets::add);
        }
        if (secrets.size() > Defaults.TOKEN_SECRETS_MAX) {
            fields.problem(
                    "secrets",
                    "there are %d; at most %d hold at once"
                            .formatted(secrets.size(), Defaults.TOKEN_SECRETS_MAX));
        }
        return role.isEmpty() || secrets.isEmpty()
                ? Optional.empty()
                : Optional.of(new AccessToken(name, role.get(), secrets));
    }

    private Optional<Secret> secret(YamlNode node, String path) {
        Secret secret = context.secret(node, path).orElse(null);
        if (secret == null) {
            return Optional.empty();
        }
        String value = secret.reveal();
        if (value.length() < Defaults.TOKEN_CHARS_MIN) {
            problem(
                    node,
                    path,
                    "the token is too short to resist guessing; write at least %d"
                                    .formatted(Defaults.TOKEN_CHARS_MIN)
                            + " characters, such as openssl rand -base64 32 prints");
        } else if (value.length() > Defaults.TOKEN_CHARS_MAX) {
            problem(
                    node,
                    path,
                    "the token is longer than the %d characters that are compared"
                            .formatted(Defaults.TOKEN_CHARS_MAX));
        } else if (!TOKEN.matcher(value).matches()) {
            problem(
                    node,
                    path,
                    "the token has characters that no bearer token may have; use letters, digits"
                            + " and . _ ~ + / -");
        } else if (!seen.add(secret)) {
            problem(
                    node,
                    path,
                    "another token is the same, so that nobody could tell who acts; make one of"
                            + " its own");
        }
        return Optional.of(secret);
    }

    private void problem(YamlNode node, String path, String message) {
        context.problems().add(node.line(), path, message);
    }
}
