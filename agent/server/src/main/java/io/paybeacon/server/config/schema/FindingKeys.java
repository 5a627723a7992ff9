package io.paybeacon.server.config.schema;

import io.paybeacon.server.config.FindingsConfig;
import io.paybeacon.server.config.schema.Shape.Group;
import io.paybeacon.server.config.schema.Shape.Reference;
import io.paybeacon.server.config.schema.Shape.Span;
import io.paybeacon.server.config.schema.Shape.Text;
import io.paybeacon.server.config.schema.Shape.Whole;
import io.paybeacon.server.config.schema.Shape.Word;
import java.util.List;

/** The keys of where findings are kept. */
public final class FindingKeys {
    /** The server has to prove its name over TLS. */
    public static final String VERIFY = "verify";

    /** Without TLS. */
    public static final String NONE = "none";

    private static final FindingsConfig STANDARD = FindingsConfig.DEFAULT;

    /** Where findings are kept. */
    public static final Group FINDINGS =
            Group.of(
                    Key.optional(
                            "url",
                            new Text(
                                    "`postgresql://host:port/database`",
                                    "postgresql://.+",
                                    "postgresql://db.example:5432/paybeacon"),
                            "a file of H2 in `data`",
                            "The PostgreSQL database, of 13 or later, that several agents may"
                                    + " share. It belongs to Paybeacon alone, and the user may make"
                                    + " tables in it."),
                    Key.optional(
                            "agent",
                            new Text("a name", Shape.NAME_PATTERN, "eu-1"),
                            "`" + FindingsConfig.ALONE + "`",
                            "The name of this agent among those that share the database; needed"
                                    + " with `url`, and never to change."),
                    Key.optional(
                            "user",
                            new Reference("${env:FINDINGS_USER}"),
                            "none",
                            "The user's name, with `password`; needed with `url`."),
                    Key.optional(
                            "password",
                            new Reference("${file:findings-password}"),
                            "none",
                            "The user's password, with `user`."),
                    Key.optional(
                            "tls",
                            new Word(List.of(VERIFY, NONE), VERIFY),
                            "`" + NONE + "` on this machine, else `" + VERIFY + "`",
                            "Whether the database has to prove its name over TLS."),
                    Key.optional(
                            "trust",
                            new Text("a file of certificates in PEM", "", "ca.pem"),
                            "what the JDK trusts",
                            "The certificates that are trusted instead. An expired one is"
                                    + " refused."),
                    Key.optional(
                            "connections",
                            new Whole(1, Defaults.FINDINGS_CONNECTIONS_MAX, "connections", 4),
                            Integer.toString(STANDARD.connectionsMax()),
                            "How many connections are open at once."),
                    Key.optional(
                            "connectTimeout",
                            timeout("5s"),
                            Defaults.text(STANDARD.connectTimeout()),
                            "How long a question waits for a connection."),
                    Key.optional(
                            "statementTimeout",
                            timeout("10s"),
                            Defaults.text(STANDARD.statementTimeout()),
                            "How long one statement may take."));

    private FindingKeys() {}

    private static Span timeout(String example) {
        return new Span(
                "from 1s to " + Defaults.text(Defaults.FINDINGS_TIMEOUT_MAX) + ", whole seconds",
                example);
    }
}
