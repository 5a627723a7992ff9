package io.paybeacon.server.cli;

import static io.paybeacon.server.cli.BrokenSetup.setup;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Mistakes in the configuration, its plans, and the files it refers to: nothing is sent. */
final class BrokenConfigurations {
    private BrokenConfigurations() {}

    static Stream<BrokenSetup> all() {
        return Stream.of(
                        files(),
                        documents(),
                        keys(),
                        values(),
                        references(),
                        plans(),
                        fits(),
                        doors())
                .flatMap(List::stream);
    }

    private static List<BrokenSetup> files() {
        return List.of(
                setup(
                        "no configuration file",
                        2,
                        scene -> Files.delete(scene.file("agent.yaml")),
                        "agent.yaml:1: the file cannot be read (there is no such file)",
                        "--config"),
                setup(
                        "an empty configuration",
                        2,
                        scene -> Files.writeString(scene.file("agent.yaml"), ""),
                        "agent.yaml:1: the file is empty"),
                setup(
                        "a folder instead of a configuration",
                        2,
                        scene -> {
                            Files.delete(scene.file("agent.yaml"));
                            Files.createDirectory(scene.file("agent.yaml"));
                        },
                        "agent.yaml:1:",
                        "it is a directory"),
                setup(
                        "a configuration that is not UTF-8",
                        2,
                        scene ->
                                Files.write(
                                        scene.file("agent.yaml"),
                                        new byte[] {'#', ' ', (byte) 0xe4, '\n'}),
                        "it is not text in UTF-8"),
                setup(
                        "a configuration with tabs",
                        2,
                        scene -> scene.config("  acme:", "\tacme:"),
                        "agent.yaml:4: not valid YAML:",
                        "TAB"),
                setup(
                        "a configuration of aliases of aliases",
                        2,
                        scene -> scene.append("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"),
                        "agent.yaml:14: a: anchors and aliases are not read; write the value out"));
    }

    private static List<BrokenSetup> documents() {
        return List.of(
                setup(
                        "a configuration nested without end",
                        2,
                        scene -> scene.append("sources: " + "[".repeat(5_000)),
                        "nested deeper than"),
                setup(
                        "a configuration of two documents",
                        2,
                        scene -> scene.append("---\nlisten: 127.0.0.1:1\n"),
                        "a second document begins here"),
                setup(
                        "a configuration of megabytes",
                        2,
                        scene -> scene.append("# x\n".repeat(400_000)),
                        "agent.yaml:1:",
                        "larger than 1024 KiB"),
                setup(
                        "a list where the keys should be",
                        2,
                        scene -> Files.writeString(scene.file("agent.yaml"), "- a\n"),
                        "must hold a mapping"));
    }

    private static List<BrokenSetup> keys() {
        return List.of(
                setup(
                        "a duplicate key",
                        2,
                        scene -> scene.append("data: other\n"),
                        "agent.yaml:14: data: the key stands twice, first on line 2"),
                setup(
                        "a duplicate probe",
                        2,
                        scene -> scene.append("  card: {plan: own.yaml, gateway: acme}\n"),
                        "probes.card: the key stands twice"),
                setup(
                        "an unknown key of the document",
                        2,
                        scene -> scene.config("probes:", "probs:"),
                        "agent.yaml:9: probs: unknown key; did you mean \"probes\"?"),
                setup(
                        "an unknown key of a gateway",
                        2,
                        scene -> scene.config("apiKey:", "apikey:"),
                        "gateways.acme.apikey: unknown key; did you mean \"apiKey\"?"),
                setup(
                        "an unknown key of a probe",
                        2,
                        scene -> scene.config("every:", "evry:"),
                        "probes.card.evry: unknown key; did you mean \"every\"?"),
                setup(
                        "a text where a mapping should be",
                        2,
                        scene -> scene.append("health: well\n"),
                        "agent.yaml:14: health: it is",
                        "must be a mapping"),
                setup(
                        "a gateway without a kind",
                        2,
                        scene -> scene.config("    kind: stripe\n", ""),
                        "gateways.acme.kind: it is missing; write stripe"),
                setup(
                        "a probe without a plan",
                        2,
                        scene -> scene.config("    plan: own.yaml\n", ""),
                        "probes.card.plan: it is missing; name a shipped plan"),
                setup(
                        "a probe without a gateway",
                        2,
                        scene -> scene.config("    gateway: acme\n", ""),
                        "probes.card.gateway: it is missing"));
    }

    private static List<BrokenSetup> values() {
        return List.of(
                setup(
                        "a negative interval",
                        2,
                        scene -> scene.config("every: 1m", "every: -1m"),
                        "agent.yaml:13: probes.card.every: \"-1m\" is not a duration"),
                setup(
                        "an interval without a unit",
                        2,
                        scene -> scene.config("every: 1m", "every: 60"),
                        "probes.card.every: \"60\" is not a duration; write a number with its"),
                setup(
                        "an interval of no time",
                        2,
                        scene -> scene.config("every: 1m", "every: 0s"),
                        "probes.card.every: \"0s\" is out of bounds"),
                setup(
                        "a kind of gateway that there is not",
                        2,
                        scene -> scene.config("kind: stripe", "kind: klarna"),
                        "gateways.acme.kind: \"klarna\" is unknown; write one of stripe"),
                setup(
                        "a probe of a gateway that there is not",
                        2,
                        scene -> scene.config("gateway: acme", "gateway: acne"),
                        "there is no gateway \"acne\"; did you mean \"acme\"?"),
                setup(
                        "a URL that is none",
                        2,
                        scene -> scene.config("url: http:", "url: htp:"),
                        "gateways.acme.url: it is not a URL"),
                setup(
                        "a maintenance window that ends before it begins",
                        2,
                        scene ->
                                scene.append(
                                        "    maintenance:\n      - {from: 2026-12-02T00:00Z, to:"
                                                + " 2026-12-01T00:00Z}\n"),
                        "probes.card.maintenance[0]",
                        "not after"));
    }

    private static List<BrokenSetup> references() {
        return List.of(
                setup(
                        "an environment variable that is not set",
                        2,
                        scene -> scene.config("${file:key}", "${env:PAYBEACON_TEST_IS_NOT_SET}"),
                        "gateways.acme.apiKey: the environment variable"
                                + " PAYBEACON_TEST_IS_NOT_SET is not set; set it"),
                setup(
                        "a secret's file that is not there",
                        2,
                        scene -> Files.delete(scene.file("key")),
                        "gateways.acme.apiKey: the file key cannot be read (there is no such"),
                setup(
                        "an empty secret",
                        2,
                        scene -> Files.writeString(scene.file("key"), " \n"),
                        "gateways.acme.apiKey: the file key is empty; write the secret into it"),
                setup(
                        "a secret that is a folder",
                        2,
                        scene -> {
                            Files.delete(scene.file("key"));
                            Files.createDirectory(scene.file("key"));
                        },
                        "the file key cannot be read (it is a directory)"),
                setup(
                        "a secret of two lines",
                        2,
                        scene -> Files.writeString(scene.file("key"), "one\ntwo"),
                        "gateways.acme.apiKey:",
                        "such as a line end"),
                setup(
                        "a secret written out",
                        2,
                        scene -> scene.config("${file:key}", "sk_" + "test_ofNobodyAtAll"),
                        "agent.yaml:7: a gateway's key is written out here; write ${env:NAME}"),
                setup(
                        "a live key for a probe in test mode",
                        2,
                        scene -> Files.writeString(scene.file("key"), "sk_" + "live_ofNobodyAtAll"),
                        "probes.card: the secret \"key\" is a live key",
                        "give a test key"));
    }

    private static List<BrokenSetup> plans() {
        return List.of(
                setup(
                        "a shipped plan that there is not",
                        2,
                        scene -> scene.shipped("stripe/balanse"),
                        "there is no shipped plan \"stripe/balanse\"; did you mean"
                                + " \"stripe/balance\"?"),
                setup(
                        "a plan file that is not there",
                        2,
                        scene -> Files.delete(scene.file("own.yaml")),
                        "probes.card.plan: the file",
                        "own.yaml cannot be read (there is no such file); name another"),
                setup(
                        "a plan with an unknown key",
                        2,
                        scene -> scene.plan("timeout: 1s", "timeot: 1s"),
                        "own.yaml:9: steps[0].timeot: unknown key; did you mean \"timeout\"?"),
                setup(
                        "a plan with a variable that nobody sets",
                        2,
                        scene -> scene.plan("path: /v1/${object}", "path: /v1/${nothing}"),
                        "own.yaml:12:",
                        "\"nothing\""),
                setup(
                        "a plan without steps",
                        2,
                        scene ->
                                Files.writeString(
                                        scene.file("own.yaml"),
                                        CheckScene.PLAN.substring(
                                                0, CheckScene.PLAN.indexOf("steps:"))),
                        "steps: it is missing; write a list of steps"),
                setup(
                        "a plan of megabytes",
                        2,
                        scene ->
                                Files.writeString(
                                        scene.file("own.yaml"),
                                        CheckScene.PLAN + "# x\n".repeat(100_000)),
                        "own.yaml:1:",
                        "at most"));
    }

    private static List<BrokenSetup> fits() {
        return List.of(
                setup(
                        "a plan for another kind of gateway",
                        2,
                        scene -> scene.shipped("card/card-decline"),
                        "the plan is for gateways of kind card, and \"acme\" is of kind stripe"),
                setup(
                        "a plan whose secret the gateway has not",
                        2,
                        scene -> scene.plan("key", "other"),
                        "the plan needs the secret \"other\"",
                        "add it to the gateway"),
                setup(
                        "a variable that the plan has not",
                        2,
                        scene -> scene.append("    variables: {objct: x}\n"),
                        "the plan has no variable \"objct\""),
                setup(
                        "more mistakes than are told",
                        2,
                        scene ->
                                scene.append(
                                        String.join(
                                                "",
                                                IntStream.range(0, 500)
                                                        .mapToObj(i -> "wrong%d: 1\n".formatted(i))
                                                        .toList())),
                        "wrong0: unknown key"));
    }

    private static List<BrokenSetup> doors() {
        return List.of(
                setup(
                        "listening for everybody without token and TLS",
                        2,
                        scene -> scene.config("127.0.0.1:0", "0.0.0.0:0"),
                        "agent.yaml:1: listen: other machines can reach this address",
                        "token: ${file:token}"),
                setup(
                        "listening at two addresses",
                        2,
                        scene -> scene.config("127.0.0.1:0", "[127.0.0.1:0, 127.0.0.1:1]"),
                        "agent.yaml:1: listen: it is",
                        "write an address and a port"),
                setup(
                        "listening at no port",
                        2,
                        scene -> scene.config("127.0.0.1:0", "127.0.0.1:70000"),
                        "agent.yaml:1: listen:"),
                setup(
                        "a short token",
                        2,
                        scene -> {
                            Files.writeString(scene.file("token"), "short");
                            scene.append("token: ${file:token}\n");
                        },
                        "agent.yaml:14: token: the token is too short"));
    }
}
