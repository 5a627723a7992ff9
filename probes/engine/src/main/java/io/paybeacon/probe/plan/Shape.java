package io.paybeacon.probe.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The mappings of a plan file, each with the keys that it may have. The JSON Schema has a
 * definition of the same name with the same keys for each; a test compares them.
 */
enum Shape {
    PLAN(
            "plan",
            "name",
            "description",
            "gateway",
            "mode",
            "timeout",
            "connection",
            "budget",
            "idempotencyHeader",
            "decline",
            "oauth2",
            "secrets",
            "variables",
            "steps",
            "always"),
    BUDGET("budget", "currency", "perRun", "perDay"),
    DECLINE("decline", "status", "when", "code", "technical"),
    DECLINE_CONDITION("declineCondition", Keys.with(Keys.EXPECTATIONS, "json")),
    OAUTH2(
            "oauth2",
            "path",
            "url",
            "clientId",
            "clientSecret",
            "scope",
            "clientAuth",
            "form",
            "timeout"),
    HTTP_STEP("httpStep", Keys.with(Keys.OF_HTTP_STEP)),
    HTTP_CLEANUP("httpCleanup", Keys.with(Keys.OF_HTTP_STEP, "when", "goneAfter")),
    HTTP(
            "http",
            "method",
            "path",
            "url",
            "version",
            "redirects",
            "headers",
            "auth",
            "form",
            "json",
            "raw",
            "idempotent",
            "replayCheck",
            "sideEffect",
            "amount",
            "bodyBytesMax"),
    RAW("raw", "contentType", "text"),
    EXTRACTION("extraction", "json", "header", "regex", "xml", "optional", "secret"),
    TCP_STEP("tcpStep", "name", "timeout", "tcp", "assert"),
    TCP("tcp", "host", "port", "tls", "dialogue", "bytesMax"),
    TURN("turn", "send", "expect", "startTls"),
    TLS_STEP("tlsStep", "name", "timeout", "tls", "assert"),
    TLS("tls", "host", "port", "serverName"),
    DNS_STEP("dnsStep", "name", "timeout", "dns", "assert"),
    DNS("dns", "name", "type", "server", "tcp"),
    GRPC_HEALTH_STEP("grpcHealthStep", "name", "timeout", "grpcHealth", "assert"),
    GRPC_HEALTH("grpcHealth", "host", "port", "tls", "service"),
    WEBHOOK_STEP("webhookStep", "name", "timeout", "webhookArrives"),
    REPLAY_CLEANUP("replayCleanup", "name", "timeout", "when", "replay"),
    WHEN("when", "outstanding", "known", "unknown", "in"),
    OF_STATUS("ofStatus", "status"),
    OF_JSON("ofJson", Keys.with(Keys.EXPECTATIONS, "json")),
    OF_HEADER("ofHeader", Keys.with(Keys.EXPECTATIONS, "header")),
    OF_XML("ofXml", Keys.with(Keys.EXPECTATIONS, "xml")),
    OF_BODY("ofBody", "body"),
    OF_AMOUNT("ofAmount", "amount", "currency", "equals"),
    OF_BODY_BYTES("ofBodyBytes", "bodyBytesMax"),
    OF_LATENCY("ofLatency", "latencyMax"),
    OF_CERTIFICATE_DAYS("ofCertificateDays", "certificateDays"),
    OF_TLS_PROTOCOL("ofTlsProtocol", "tlsProtocol"),
    OF_DNS_ANSWER("ofDnsAnswer", "dnsAnswer"),
    EXPECTATION("expectation", Keys.with(Keys.EXPECTATIONS)),
    BOUNDS("bounds", Keys.with(Keys.COMPARISONS));

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // List.copyOf gives an immutable list.
    private final List<String> keys;

    Shape(String label, String... keys) {
        this(label, List.of(keys));
    }

    Shape(String label, List<String> keys) {
        this.label = label;
        this.keys = List.copyOf(keys);
    }

    /** The name of the schema's definition. */
    String label() {
        return label;
    }

    /** The keys that it may have, in the order in which messages list them. */
    List<String> keys() {
        return keys;
    }

    /** Keys that several shapes share; apart, because an enum's constants come first. */
    static final class Keys {

        static final List<String> COMPARISONS =
                List.of("greaterThan", "lessThan", "atLeast", "atMost");

        static final List<String> EXPECTATIONS =
                List.of(
                        "equals",
                        "oneOf",
                        "present",
                        "absent",
                        "boolean",
                        "contains",
                        "matches",
                        "greaterThan",
                        "lessThan",
                        "atLeast",
                        "atMost",
                        "size");

        static final List<String> OF_HTTP_STEP =
                List.of(
                        "name",
                        "timeout",
                        "http",
                        "extract",
                        "assert",
                        "expectDecline",
                        "releasedWhen");

        private Keys() {}

        static List<String> with(List<String> shared, String... own) {
            List<String> all = new ArrayList<>(List.of(own));
            all.addAll(shared);
            return all;
        }
    }
}
