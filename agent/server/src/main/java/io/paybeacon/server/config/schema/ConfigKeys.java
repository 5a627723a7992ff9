package io.paybeacon.server.config.schema;

import io.paybeacon.server.config.Role;
import io.paybeacon.server.config.WebhookLimits;
import io.paybeacon.server.config.schema.Shape.Group;
import io.paybeacon.server.config.schema.Shape.Named;
import io.paybeacon.server.config.schema.Shape.OneOrMore;
import io.paybeacon.server.config.schema.Shape.Reference;
import io.paybeacon.server.config.schema.Shape.Text;
import io.paybeacon.server.config.schema.Shape.Whole;
import io.paybeacon.server.config.schema.Shape.Word;
import java.util.List;

/** The keys of the configuration, whole. */
public final class ConfigKeys {
    /** What the server shows of itself. */
    public static final Group TLS =
            Group.of(
                    Key.required(
                            "certificate",
                            new Reference("${file:server.pem}"),
                            "The server's certificate in PEM, then the certificates of its"
                                    + " chain."),
                    Key.required(
                            "key",
                            new Reference("${file:server.key}"),
                            "Its private key in PEM, PKCS#8 and not encrypted."));

    /** How much a gateway account may send. */
    public static final Group WEBHOOKS =
            Group.of(
                    Key.optional(
                            "requestsPerSecond",
                            new Whole(1, Defaults.WEBHOOKS_MAX, "requests per second", 500),
                            Integer.toString(WebhookLimits.DEFAULT.requestsPerSecond()),
                            "How many webhooks of one account are taken in a second in the long"
                                    + " run; those over it are answered 429 and come again."),
                    Key.optional(
                            "burst",
                            new Whole(1, Defaults.WEBHOOKS_MAX, "requests", 2_000),
                            Integer.toString(WebhookLimits.DEFAULT.burst()),
                            "How many are taken at once after a pause."));

    /** A token by which a caller of the API is known. */
    public static final Group TOKEN =
            Group.of(
                    Key.required(
                            "role",
                            new Word(
                                    List.of(Role.READ.label(), Role.TELL.label(), Role.ACT.label()),
                                    "act"),
                            "What its owner may do: `read` asks questions; `act` also acts on"
                                    + " findings, has customers forgotten, reloads and rebuilds."),
                    Key.required(
                            "secrets",
                            new OneOrMore(new Reference("${file:support-token}")),
                            "The token: "
                                    + Defaults.TOKEN_CHARS_MIN
                                    + " characters at least. Several hold at once while one"
                                    + " replaces another."));

    /** The file. */
    public static final Group DOCUMENT =
            Group.of(
                    Key.optional(
                            "listen",
                            new Text("an address and a port", ".+:[0-9]{1,5}", Defaults.LISTEN),
                            Defaults.LISTEN,
                            "Where the agent listens. Port 0 takes a free one. An address that"
                                    + " other machines can reach needs `tls` and `token` or"
                                    + " `tokens`."
                                    + " Needs a restart to change."),
                    Key.optional(
                            "tls",
                            TLS,
                            "none: plain HTTP",
                            "With what the agent serves HTTPS. New files are picked up; whether"
                                    + " there is TLS needs a restart to change."),
                    Key.optional(
                            "token",
                            new Reference("${file:token}"),
                            "none",
                            "What `Authorization: Bearer` must carry on every address except"
                                    + " `/-/healthy`, `/-/ready` and the signed webhooks: "
                                    + Defaults.TOKEN_CHARS_MIN
                                    + " characters at least."),
                    Key.optional(
                            "tokens",
                            new Named("TOKEN", Shape.NAME_PATTERN, TOKEN),
                            "none",
                            "Tokens with names and roles; `token` has the name `token` and may do"
                                    + " everything. The name stands in the audit trail of"
                                    + " findings. Without any token, whoever is on this machine"
                                    + " may ask and reload, and nobody may act."),
                    Key.optional(
                            "webhooks",
                            WEBHOOKS,
                            "as below",
                            "How much each gateway account may send."),
                    Key.optional(
                            "data",
                            new Text("a folder", "", "./data"),
                            Defaults.DATA,
                            "Everything the agent keeps; of this agent alone. Needs a restart to"
                                    + " change."),
                    Key.required(
                            "gateways",
                            new Named("GATEWAY", Shape.NAME_PATTERN, GatewayKeys.GATEWAY),
                            "The gateway accounts. The name is a label of metrics and the path of"
                                    + " its webhooks, `/in/GATEWAY`."),
                    Key.optional(
                            "probes",
                            new Named("PROBE", Shape.NAME_PATTERN, ProbeKeys.PROBE),
                            "none",
                            "The synthetic transactions. The name is a label of metrics."),
                    Key.optional(
                            "sources",
                            new Named("SOURCE", Shape.NAME_PATTERN, SourceKeys.SOURCE),
                            "none",
                            "What others measured of a gateway. The name is a label of metrics."),
                    Key.optional(
                            "health",
                            HealthKeys.HEALTH,
                            "as below",
                            "How the agent knows that it is itself at fault."),
                    Key.optional(
                            "modules",
                            new Named("MODULE", Shape.NAME_PATTERN, ModuleKeys.MODULE),
                            "`" + String.join("`, `", Defaults.MODULES) + "`",
                            "What `/probe?module=` may name, beside those that exist anyway. One"
                                    + " of `http`, `tcp`, `tls`, `dns`, `grpc` in each."),
                    Key.optional(
                            "payments",
                            PaymentKeys.PAYMENTS,
                            "as below",
                            "What is expected of payments."),
                    Key.optional(
                            "findings",
                            FindingKeys.FINDINGS,
                            "as below",
                            "Where findings are kept for people and tools to ask. Needs a restart"
                                    + " to change."));

    private ConfigKeys() {}
}
