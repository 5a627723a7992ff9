package io.paybeacon.server.config.schema;

import io.paybeacon.server.config.schema.Shape.Choice;
import io.paybeacon.server.config.schema.Shape.Group;
import io.paybeacon.server.config.schema.Shape.OneOrMore;
import io.paybeacon.server.config.schema.Shape.Reference;
import io.paybeacon.server.config.schema.Shape.Span;
import io.paybeacon.server.config.schema.Shape.Text;
import io.paybeacon.server.config.schema.Shape.Word;
import java.util.List;

/** Keys that several parts of the configuration share. */
public final class CommonKeys {
    /** The days of a week. */
    public static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private static final String INSTANT =
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
                    + "(Z|[+-][0-9]{2}:[0-9]{2})";

    /** A certificate and its private key. */
    public static final Group KEY_PAIR =
            Group.of(
                    Key.required(
                            "certificate",
                            new Reference("${file:client.pem}"),
                            "The certificate in PEM, then the certificates of its chain."),
                    Key.required(
                            "key",
                            new Reference("${file:client.key}"),
                            "Its private key in PEM, PKCS#8 and not encrypted."));

    /** A proxy. */
    public static final Group PROXY =
            Group.of(
                    Key.required(
                            "url",
                            new Text(
                                    "`http://host:port` or `socks5://host:port`",
                                    "(http|socks5)://.+",
                                    "http://proxy.example:3128"),
                            "Where the proxy is. Through `http` a tunnel is opened with CONNECT."),
                    Key.optional(
                            "user",
                            new Reference("${env:PROXY_USER}"),
                            "none",
                            "The user's name, with `password`."),
                    Key.optional(
                            "password",
                            new Reference("${file:proxy-password}"),
                            "none",
                            "The user's password, with `user`."));

    /** One window without probes: once, or every week. */
    public static final Choice WINDOW =
            new Choice(
                    List.of(
                            Group.of(
                                    Key.required(
                                            "from",
                                            instant("2026-12-01T02:00Z"),
                                            "When it begins."),
                                    Key.required(
                                            "to",
                                            instant("2026-12-01T04:00Z"),
                                            "When it ends, at most 31 days later.")),
                            Group.of(
                                    Key.required(
                                            "days",
                                            new OneOrMore(new Word(DAYS, "sun")),
                                            "The days of the week on which it begins."),
                                    Key.required(
                                            "from",
                                            new Text(
                                                    "a time of day",
                                                    "([01][0-9]|2[0-3]):[0-5][0-9]",
                                                    "\"02:00\""),
                                            "When it begins, by the clocks of the zone. In"
                                                    + " quotes."),
                                    Key.required(
                                            "for",
                                            new Span("at most 24h", "2h"),
                                            "How long it lasts."),
                                    Key.optional(
                                            "zone",
                                            new Text("a zone of IANA", "", "Europe/Berlin"),
                                            "UTC",
                                            "Whose clocks `from` is read by."))));

    private CommonKeys() {}

    static Key maintenance(String meaning) {
        return Key.optional("maintenance", new Shape.Items(WINDOW), "none", meaning);
    }

    static Key trust() {
        return Key.optional(
                "trust",
                new Text("a file of certificates in PEM", "", "ca.pem"),
                "what the JDK trusts",
                "The certificates that are trusted instead. An expired one is refused.");
    }

    static Key clientCertificate() {
        return Key.optional(
                "clientCertificate",
                KEY_PAIR,
                "none",
                "What the agent shows of itself where the server asks for it (mutual TLS).");
    }

    static Key proxy() {
        return Key.optional("proxy", PROXY, "none", "The way out, where there is no direct one.");
    }

    private static Text instant(String example) {
        return new Text("a time with its offset", INSTANT, example);
    }
}
