package io.paybeacon.server.config.schema;

import io.paybeacon.server.config.schema.Shape.Choice;
import io.paybeacon.server.config.schema.Shape.Flag;
import io.paybeacon.server.config.schema.Shape.Group;
import io.paybeacon.server.config.schema.Shape.Items;
import io.paybeacon.server.config.schema.Shape.Named;
import io.paybeacon.server.config.schema.Shape.OneOrMore;
import io.paybeacon.server.config.schema.Shape.Reference;
import io.paybeacon.server.config.schema.Shape.Scalar;
import io.paybeacon.server.config.schema.Shape.Span;
import io.paybeacon.server.config.schema.Shape.Text;
import io.paybeacon.server.config.schema.Shape.Whole;
import io.paybeacon.server.config.schema.Shape.Word;
import java.util.List;

/** The keys of a module of {@code /probe}. */
public final class ModuleKeys {
    /** The methods of HTTP that a module may use. */
    public static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** The versions of HTTP that a module may use. */
    public static final List<String> VERSIONS = List.of("1.1", "2");

    /** The types of DNS records that a module may ask for. */
    public static final List<String> DNS_TYPES =
            List.of("A", "AAAA", "CNAME", "TXT", "MX", "SRV", "NS");

    private static final Text REGEX = new Text("a regular expression of RE2", "", "\"^220 \"");

    /** One exchange of a dialogue. */
    public static final Choice EXCHANGE =
            new Choice(
                    List.of(
                            Group.of(
                                    Key.required(
                                            "send",
                                            new Text("a line", "", "\"EHLO paybeacon\""),
                                            "Sends the text and a line end.")),
                            Group.of(Key.required("expect", REGEX, "Reads until a line matches.")),
                            Group.of(
                                    Key.required(
                                            "startTls", new Flag(), "Goes on encrypted: true."))));

    /** HTTP. */
    public static final Group HTTP =
            Group.of(
                    Key.optional("method", new Word(METHODS, "POST"), "GET", "The method."),
                    Key.optional("version", new Word(VERSIONS, "\"2\""), "1.1", "In quotes."),
                    Key.optional(
                            "headers",
                            new Named("NAME", "", new Scalar("application/json")),
                            "none",
                            "Headers beside those that every request has."),
                    Key.optional(
                            "body", new Text("a text", "", "\"{}\""), "none", "The body sent."),
                    Key.optional(
                            "token",
                            new Reference("${file:module-token}"),
                            "none",
                            "A bearer token."),
                    Key.optional(
                            "user",
                            new Reference("${env:MODULE_USER}"),
                            "none",
                            "A user's name, with `password` (basic authentication)."),
                    Key.optional(
                            "password",
                            new Reference("${file:module-password}"),
                            "none",
                            "The user's password, with `user`."),
                    Key.optional(
                            "status",
                            new OneOrMore(new Whole(100, 599, "", 204)),
                            "200 to 299",
                            "The statuses that pass."),
                    Key.optional(
                            "redirects",
                            new Whole(0, Defaults.MODULE_REDIRECTS_MAX, "", 0),
                            Integer.toString(Defaults.MODULE_REDIRECTS),
                            "Redirects that are followed."),
                    Key.optional(
                            "bodyMatches",
                            new OneOrMore(REGEX),
                            "none",
                            "Expressions of which each must be found in the body."),
                    Key.optional(
                            "bodyNotMatches",
                            new OneOrMore(REGEX),
                            "none",
                            "Expressions of which none may be found in the body."),
                    Key.optional("failIfTls", new Flag(), "false", "Whether TLS is a failure."),
                    Key.optional(
                            "failIfNotTls",
                            new Flag(),
                            "false",
                            "Whether the lack of TLS is a failure."));

    /** TCP. */
    public static final Group TCP =
            Group.of(
                    Key.optional("tls", new Flag(), "false", "Whether TLS is spoken at once."),
                    Key.optional(
                            "dialogue",
                            new Items(EXCHANGE),
                            "none: connecting passes",
                            "What is said and expected, in order."));

    /** TLS. */
    public static final Group TLS =
            Group.of(
                    Key.optional(
                            "serverName",
                            new Text("a host's name", "", "api.example"),
                            "the target's",
                            "The name that the certificate must have."));

    /** DNS. */
    public static final Group DNS =
            Group.of(
                    Key.required(
                            "name",
                            new Text("a name", "", "api.example"),
                            "What is asked for; the target is the name server."),
                    Key.optional("type", new Word(DNS_TYPES, "AAAA"), "A", "The record's type."),
                    Key.optional("tcp", new Flag(), "false", "Whether TCP is used, not UDP."),
                    Key.optional(
                            "answerMatches",
                            new OneOrMore(REGEX),
                            "none",
                            "Expressions of which each must match an answer."));

    /** The health check of gRPC. */
    public static final Group GRPC =
            Group.of(
                    Key.optional(
                            "service",
                            new Text("a service's name", "", "payments.v1.Payments"),
                            "the server as a whole",
                            "The service that is asked for."),
                    Key.optional("tls", new Flag(), "true", "Whether TLS is spoken."));

    /** A module. */
    public static final Group MODULE =
            Group.of(
                    Key.optional(
                            "timeout",
                            new Span("at most 2m", "5s"),
                            Defaults.text(Defaults.MODULE_TIMEOUT),
                            "How long it may take; never longer than the scrape that asks."),
                    Key.optional("http", HTTP, "see above", "An HTTP request."),
                    Key.optional("tcp", TCP, "see above", "A TCP connection."),
                    Key.optional("tls", TLS, "see above", "A TLS handshake."),
                    Key.optional("dns", DNS, "see above", "A question to a name server."),
                    Key.optional("grpc", GRPC, "see above", "The health check of gRPC."),
                    CommonKeys.trust(),
                    CommonKeys.clientCertificate(),
                    CommonKeys.proxy());

    private ModuleKeys() {}
}
