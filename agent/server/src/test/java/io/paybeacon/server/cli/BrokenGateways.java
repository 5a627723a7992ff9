package io.paybeacon.server.cli;

import static io.paybeacon.server.cli.BrokenSetup.setup;

import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.server.SandboxWorld;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/** Gateways that cannot be reached, refuse, answer wrongly, or keep the money. */
final class BrokenGateways {
    private static final String PAYMENT = "stripe/card-capture-refund";

    private BrokenGateways() {}

    static Stream<BrokenSetup> all() {
        return Stream.of(unreachable(), tls(), refusing(), wrong(), money(), leftovers())
                .flatMap(List::stream);
    }

    private static void url(CheckScene scene, String url) throws Exception {
        scene.config(scene.world().sandbox().baseUrl(), url);
    }

    private static List<BrokenSetup> unreachable() {
        return List.of(
                setup(
                        "a gateway whose port is closed",
                        1,
                        scene -> url(scene, "http://127.0.0.1:" + SandboxWorld.freePort()),
                        "balance",
                        "FAIL",
                        "connect_refused"),
                setup(
                        "a gateway whose name nobody knows",
                        1,
                        scene -> url(scene, "http://gateway.invalid"),
                        "balance",
                        "dns"),
                setup(
                        "a gateway that takes the connection and never answers",
                        1,
                        scene -> {
                            ServerSocket silent =
                                    scene.keep(
                                            new ServerSocket(
                                                    0, 8, InetAddress.getLoopbackAddress()));
                            url(scene, "http://127.0.0.1:" + silent.getLocalPort());
                        },
                        "balance",
                        "ttfb_timeout"),
                setup(
                        "a gateway that swallows the request",
                        1,
                        scene -> scene.fault("balance.retrieve:blackhole"),
                        "balance",
                        "ttfb_timeout"),
                setup(
                        "a gateway that is slower than the plan's time",
                        1,
                        scene -> {
                            scene.fault("balance.retrieve:latency=5s");
                            scene.plan("timeout: 3s", "timeout: 1s");
                        },
                        "balance",
                        "ttfb_timeout"),
                setup(
                        "a gateway that cuts the connection",
                        1,
                        scene -> scene.fault("balance.retrieve:reset"),
                        "balance",
                        "reset"),
                setup(
                        "a gateway that closes without an answer",
                        1,
                        scene -> scene.fault("balance.retrieve:close"),
                        "balance",
                        "FAIL"));
    }

    /** The gateway over TLS, by the authority that it has itself. */
    private static void overTls(CheckScene scene, boolean trusted) throws Exception {
        Files.writeString(scene.file("ca.pem"), scene.world().sandbox().caPem());
        url(
                scene,
                scene.world().sandbox().gateway(GatewayKind.STRIPE).tlsBaseUrl()
                        + (trusted ? "\n    trust: ca.pem" : ""));
    }

    private static BrokenSetup certificate(String name, String flaw, String reason) {
        return setup(
                name,
                1,
                scene -> {
                    overTls(scene, true);
                    scene.fault("connections:certificate=" + flaw);
                },
                "balance",
                reason);
    }

    private static List<BrokenSetup> tls() {
        return List.of(
                certificate("an expired certificate", "expired", "tls_expired"),
                certificate("a certificate of another name", "wrong_name", "tls_name"),
                certificate("a certificate of another authority", "untrusted", "tls_chain"),
                setup(
                        "an authority that nobody trusts",
                        1,
                        scene -> overTls(scene, false),
                        "balance",
                        "tls_chain"),
                setup(
                        "TLS spoken to a port without it",
                        1,
                        scene ->
                                url(
                                        scene,
                                        scene.world()
                                                .sandbox()
                                                .baseUrl()
                                                .replace("http:", "https:")),
                        "balance",
                        "tls_other"),
                setup(
                        "an authority that is no certificate",
                        2,
                        scene -> {
                            overTls(scene, true);
                            Files.writeString(scene.file("ca.pem"), "nothing");
                        },
                        "gateways.acme.trust: no certificate stands there"));
    }

    private static List<BrokenSetup> refusing() {
        return List.of(
                setup(
                        "a key of somebody else",
                        1,
                        scene -> Files.writeString(scene.file("key"), "sk_" + "test_ofSomeoneElse"),
                        "balance",
                        "auth: status 401"),
                setup(
                        "a key that has expired",
                        1,
                        scene -> scene.fault("balance.retrieve:status=401"),
                        "balance",
                        "auth: status 401"),
                setup(
                        "a gateway that forbids",
                        1,
                        scene -> scene.fault("balance.retrieve:status=403"),
                        "auth: status 403"),
                setup(
                        "a gateway that limits",
                        1,
                        scene -> scene.fault("balance.retrieve:status=429"),
                        "http_429"),
                setup(
                        "a path that is not there",
                        1,
                        scene -> scene.append("    variables: {object: nothing}\n"),
                        "http_4xx: status 404"),
                setup(
                        "a gateway that is down",
                        1,
                        scene -> scene.fault("balance.retrieve:status=503"),
                        "http_5xx: status 503"));
    }

    private static List<BrokenSetup> wrong() {
        return List.of(
                setup(
                        "an answer that is no JSON",
                        1,
                        scene -> scene.fault("balance.retrieve:malformed"),
                        "balance",
                        "schema"),
                setup(
                        "an assertion that does not hold",
                        1,
                        scene -> scene.plan("equals: balance", "equals: ballast"),
                        "balance",
                        "assertion",
                        "ballast"),
                setup(
                        "an answer that takes longer than asserted",
                        1,
                        scene -> {
                            scene.fault("balance.retrieve:latency=300ms");
                            scene.plan("- status: 200", "- latencyMax: 100ms");
                        },
                        "latency"),
                setup(
                        "a status page that nobody has",
                        1,
                        scene -> scene.plan("- status: 200", "- status: 204"),
                        "http_status: status 200, expected [204]"));
    }

    private static List<BrokenSetup> money() {
        return List.of(
                payment("a payment of another amount", "payment_intents.create:amount_offset=1")
                        .saying("create", "amount_mismatch"),
                setup(
                        "a charge that is taken twice",
                        1,
                        scene -> {
                            SandboxGateway card = scene.world().sandbox().gateway(GatewayKind.CARD);
                            Files.writeString(
                                    scene.file("key"), "card_" + "test_sandbox_not_a_real_key");
                            scene.config("kind: stripe", "kind: card");
                            url(scene, card.baseUrl());
                            scene.shipped("card/card-capture-refund");
                            card.faults().install("authorizations.create:double_charge");
                            scene.keep(card.faults()::clear);
                        },
                        "authorize",
                        "replay_mismatch"),
                payment(
                                "a decline where none is expected",
                                "payment_intents.confirm:decline=insufficient_funds")
                        .saying("confirm", "declined_unexpected"),
                payment(
                                "a decline of the issuer's machine",
                                "payment_intents.confirm:decline=processing_error")
                        .saying("confirm", "declined_technical"),
                setup(
                        "an approval where a decline is expected",
                        1,
                        scene -> {
                            scene.shipped("stripe/card-decline");
                            scene.append("    variables: {card: pm_card_visa}\n");
                        },
                        "confirm",
                        "approved_unexpected"),
                payment("a capture that fails", "payment_intents.capture:status=500")
                        .saying("capture", "http_5xx"));
    }

    private static List<BrokenSetup> leftovers() {
        return List.of(
                setup(
                        "a webhook that does not come",
                        1,
                        scene -> {
                            Files.writeString(scene.file("own.yaml"), WAITING);
                            scene.fault("webhooks:lost");
                        },
                        "notice",
                        "webhook_missing: no charge.succeeded within 300 ms"),
                setup(
                        "a cleanup that the gateway refuses",
                        1,
                        scene -> {
                            scene.shipped(PAYMENT);
                            scene.fault("payment_intents.capture:status=500");
                            scene.fault("payment_intents.cancel:status=500");
                        },
                        "cancel",
                        "given back",
                        "orphaned",
                        "paybeacon orphans shows it"),
                setup(
                        "a flow that passes and a cleanup that fails",
                        1,
                        scene -> {
                            Files.writeString(scene.file("own.yaml"), HOLDING);
                            scene.fault("payment_intents.cancel:status=500");
                        },
                        "hold",
                        "pass",
                        "orphaned"),
                setup(
                        "money of an earlier check that is still held",
                        1,
                        scene -> {
                            String yaml = Files.readString(scene.file("agent.yaml"));
                            scene.shipped(PAYMENT);
                            scene.fault("payment_intents.capture:status=500");
                            scene.fault("payment_intents.cancel:status=500");
                            scene.run();
                            Files.writeString(scene.file("agent.yaml"), yaml);
                        },
                        "1 earlier runs may have left money",
                        "is not of plan stripe-card-capture-refund"));
    }

    private record Payment(String name, String fault) {
        BrokenSetup saying(String... said) {
            return setup(
                    name,
                    1,
                    scene -> {
                        scene.shipped(PAYMENT);
                        scene.fault(fault);
                    },
                    said);
        }
    }

    private static Payment payment(String name, String fault) {
        return new Payment(name, fault);
    }

    private static final String HOLDING =
            """
            name: own
            gateway: stripe
            mode: test
            timeout: 10s
            budget: {currency: USD, perRun: 1099, perDay: 100000}
            secrets: [key]
            steps:
              - name: hold
                http:
                  method: POST
                  path: /v1/payment_intents
                  auth: bearer ${secret.key}
                  idempotent: true
                  sideEffect: hold
                  amount: 1099 USD
                  form:
                    amount: 1099
                    currency: usd
                    confirm: true
                    capture_method: manual
                    payment_method: pm_card_visa
                    "payment_method_types[]": card
                    "metadata[paybeacon_run]": ${run}
                extract:
                  payment: $.id
            always:
              - name: cancel
                when:
                  known: payment
                http:
                  method: POST
                  path: /v1/payment_intents/${payment}/cancel
                  auth: bearer ${secret.key}
                  idempotent: true
                  sideEffect: void
                assert:
                  - status: 200
            """;

    private static final String WAITING =
            HOLDING.replace(
                    "always:",
                    """
                      - name: notice
                        timeout: 300ms
                        webhookArrives: charge.succeeded
                    always:\
                    """);
}
