package io.paybeacon.server.config;

import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.server.config.FindingsConfig.Server;
import io.paybeacon.server.config.schema.Defaults;
import io.paybeacon.server.config.schema.FindingKeys;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads where findings are kept. */
final class FindingsReader {
    private static final String REMEDY = "write postgresql://host:port/database";
    private static final int PORT = 5432;

    private final ReadingContext context;

    FindingsReader(ReadingContext context) {
        this.context = context;
    }

    FindingsConfig read(Fields document) {
        FindingsConfig standard = FindingsConfig.DEFAULT;
        YamlNode node = document.node("findings").orElse(null);
        if (node == null) {
            return standard;
        }
        Fields fields = context.fields(node, "findings", FindingKeys.FINDINGS);
        Optional<String> agent = fields.optionalText("agent", "write a name such as eu-1");
        agent.ifPresent(name -> context.checkName("findings", name, fields.line("agent")));
        if (fields.has("url") && !fields.has("agent")) {
            fields.missing("agent", "agents that share a database are told apart by their names");
        }
        return new FindingsConfig(
                agent.orElse(standard.agent()),
                server(fields),
                fields.wholeNumber("connections", 1, Defaults.FINDINGS_CONNECTIONS_MAX)
                        .map(Long::intValue)
                        .orElse(standard.connectionsMax()),
                timeout(fields, "connectTimeout", standard.connectTimeout()),
                timeout(fields, "statementTimeout", standard.statementTimeout()));
    }

    private static Duration timeout(Fields fields, String key, Duration standard) {
        Duration timeout = fields.duration(key, Defaults.FINDINGS_TIMEOUT_MAX).orElse(standard);
        if (timeout.toMillis() % 1_000 != 0 || timeout.isZero()) {
            fields.problem(key, "it is not a number of whole seconds; write such as 5s");
        }
        return timeout;
    }

    private Optional<Server> server(Fields fields) {
        Optional<Login> login = context.login(fields);
        boolean plain = isPlain(fields);
        ConnectionReader connections = new ConnectionReader(context);
        boolean trusted = connections.trust(fields).isPresent();
        if (!fields.has("url")) {
            for (String key : List.of("user", "password", "tls", "trust")) {
                if (fields.has(key)) {
                    fields.problem(key, "it is for a database server; name that under url");
                }
            }
            return Optional.empty();
        }
        if (!fields.has("user") && !fields.has("password")) {
            fields.missing("user", "the database wants a user and a password");
        }
        String text = fields.text("url", REMEDY);
        URI url = text.isEmpty() ? null : url(fields, text);
        if (url == null || login.isEmpty()) {
            return Optional.empty();
        }
        String host = bare(url.getHost());
        boolean local = ListenReader.isLoopback(host);
        return Optional.of(
                new Server(
                        host,
                        url.getPort() < 0 ? PORT : url.getPort(),
                        url.getPath().substring(1),
                        login.get(),
                        fields.has("tls") ? !plain : !local,
                        trusted ? Optional.of(trust(fields)) : Optional.empty()));
    }

    private Path trust(Fields fields) {
        String name = fields.text("trust", "name a file of certificates");
        if (SecretReferences.isReference(name)) {
            fields.problem("trust", "name the file itself, without ${file:}");
        }
        return context.resolve(name);
    }

    private static boolean isPlain(Fields fields) {
        String remedy = "write %s or %s".formatted(FindingKeys.VERIFY, FindingKeys.NONE);
        String word = fields.optionalText("tls", remedy).orElse(FindingKeys.VERIFY);
        if (!word.equals(FindingKeys.VERIFY) && !word.equals(FindingKeys.NONE)) {
            fields.problem("tls", "\"%s\" is unknown; %s".formatted(word, remedy));
        }
        return word.equals(FindingKeys.NONE);
    }

    private static @Nullable URI url(Fields fields, String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            url = URI.create("");
        }
        if (url.getRawUserInfo() != null) {
            fields.problem(
                    "url",
                    "a user or password stands in the URL; write them as references under user and"
                            + " password");
            return null;
        }
        boolean database = url.getPath() != null && url.getPath().matches("/[A-Za-z0-9_-]{1,63}");
        if (!"postgresql".equals(url.getScheme())
                || url.getHost() == null
                || !database
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            fields.problem("url", "it is not the address of a database; " + REMEDY);
            return null;
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            fields.problem("url", "the port is not from 1 to 65535");
            return null;
        }
        return url;
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
