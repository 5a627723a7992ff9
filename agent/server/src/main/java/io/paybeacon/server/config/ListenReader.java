package io.paybeacon.server.config;

import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.server.config.schema.ConfigKeys;
import io.paybeacon.server.config.schema.Defaults;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where the agent listens, and who may speak with it. */
final class ListenReader {
    private static final Pattern LISTEN =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");

    private final ReadingContext context;

    ListenReader(ReadingContext context) {
        this.context = context;
    }

    ListenConfig read(Fields document) {
        Optional<KeyPairPem> tls =
                document.node("tls")
                        .flatMap(node ->
                                new ConnectionReader(context).keyPair(node, "tls", ConfigKeys.TLS));
        List<AccessToken> tokens = new TokenReader(context).read(document);
        WebhookLimits webhooks = webhooks(document);
        String text =
                document.optionalText("listen", "write an address and a port")
                        .orElse(Defaults.LISTEN);
        Matcher matcher = LISTEN.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
            document.problem(
                    "listen", "it is not an address and a port; write such as " + Defaults.LISTEN);
            return new ListenConfig("127.0.0.1", 0, tls, tokens, webhooks);
        }
        String host = matcher.group(1);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (!isAddressOrName(bare)) {
            document.problem(
                    "listen",
                    "\"%s\" is not an address; write such as ".formatted(bare) + Defaults.LISTEN);
        } else if (!isLoopback(bare)) {
            checkSecured(document);
        }
        return new ListenConfig(bare, Integer.parseInt(matcher.group(2)), tls, tokens, webhooks);
    }

    private WebhookLimits webhooks(Fields document) {
        WebhookLimits standard = WebhookLimits.DEFAULT;
        YamlNode node = document.node("webhooks").orElse(null);
        if (node == null) {
            return standard;
        }
        Fields fields = context.fields(node, "webhooks", ConfigKeys.WEBHOOKS);
        return new WebhookLimits(
                limit(fields, "requestsPerSecond", standard.requestsPerSecond()),
                limit(fields, "burst", standard.burst()));
    }

    private static int limit(Fields fields, String key, int standard) {
        return fields.wholeNumber(key, 1, Defaults.WEBHOOKS_MAX)
                .map(Long::intValue)
                .orElse(standard);
    }

    private static void checkSecured(Fields document) {
        List<String> lacking = new ArrayList<>();
        if (!document.has("tls")) {
            lacking.add("tls: {certificate: \"${file:server.pem}\", key: \"${file:server.key}\"}");
        }
        if (!document.has("token") && !document.has("tokens")) {
            lacking.add("token: ${file:token}");
        }
        if (!lacking.isEmpty()) {
            document.problem(
                    "listen",
                    "other machines can reach this address, which needs both tls and token; add %s,"
                                    .formatted(String.join(" and ", lacking))
                            + " or listen on "
                            + Defaults.LISTEN
                            + " behind a proxy that has them");
        }
    }

    private static boolean isAddressOrName(String host) {
        if (host.contains(":") || host.matches("[0-9.]+")) {
            try {
                return InetAddress.ofLiteral(host) != null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        return true;
    }

    /** Names are not looked up: a name server could change its mind after the check. */
    static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        boolean literal = host.contains(":") || host.matches("[0-9.]+");
        return literal && InetAddress.ofLiteral(host).isLoopbackAddress();
    }
}
