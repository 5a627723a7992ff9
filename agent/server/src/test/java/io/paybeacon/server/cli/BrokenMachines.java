package io.paybeacon.server.cli;

import static io.paybeacon.server.cli.BrokenSetup.setup;

import io.paybeacon.server.Agent;
import io.paybeacon.server.SandboxWorld;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Command lines, report files, ports and disks that are wrong, and probes that may not run. */
final class BrokenMachines {
    private static final String ALWAYS =
            "    maintenance: [{days: [mon, tue, wed, thu, fri, sat, sun], from: \"00:00\", for:"
                    + " 24h, zone: UTC}]\n";

    private BrokenMachines() {}

    static Stream<BrokenSetup> all() {
        return Stream.of(words(), reports(), outputs(), untested(), partly(), machine(), disk())
                .flatMap(List::stream);
    }

    private static List<BrokenSetup> words() {
        return List.of(
                setup("no subcommand", 2, CheckScene::words, "Missing required subcommand"),
                setup(
                        "a subcommand that there is not",
                        2,
                        scene -> scene.words("chek"),
                        "chek",
                        "check"),
                setup(
                        "an option that there is not",
                        2,
                        scene -> {
                            scene.options("--juint", "x.xml");
                            scene.unreported();
                        },
                        "Unknown option",
                        "--junit"),
                setup(
                        "an option without its value",
                        2,
                        scene -> scene.words("check", "--config"),
                        "--config"),
                setup(
                        "a probe that there is not",
                        2,
                        scene -> scene.options("--probe", "cart"),
                        "--probe: there is no probe \"cart\"; did you mean \"card\"?"),
                setup(
                        "one probe of two that there is not",
                        2,
                        scene -> scene.options("--probe", "card", "--probe", "nothing"),
                        "there is no probe \"nothing\""));
    }

    private static List<BrokenSetup> reports() {
        return List.of(
                setup(
                        "a report in a folder's place",
                        2,
                        scene -> {
                            Files.createDirectory(scene.junit());
                            scene.unreported();
                        },
                        "--junit:",
                        "is a directory; name a file"),
                setup(
                        "a report below a file",
                        2,
                        scene -> {
                            scene.words(
                                    "check",
                                    "--config",
                                    scene.file("agent.yaml").toString(),
                                    "--json",
                                    scene.file("key").resolve("report.json").toString());
                        },
                        "--json:",
                        "cannot be written",
                        "name another file"),
                setup(
                        "both reports in one file",
                        2,
                        scene -> {
                            scene.words(
                                    "check",
                                    "--config",
                                    scene.file("agent.yaml").toString(),
                                    "--json",
                                    scene.file("one").toString(),
                                    "--junit",
                                    scene.file("./one").toString());
                        },
                        "--junit and --json both name",
                        "a file of its own"),
                setup(
                        "a report in the place of the configuration",
                        2,
                        scene -> {
                            String config = scene.file("agent.yaml").toString();
                            scene.words("check", "--config", config, "--junit", config);
                        },
                        "--junit names the configuration"));
    }

    private static List<BrokenSetup> outputs() {
        return List.of(
                setup(
                        "a JUnit report to the standard output",
                        2,
                        scene ->
                                scene.words(
                                        "check",
                                        "--config",
                                        scene.file("agent.yaml").toString(),
                                        "--junit",
                                        "-"),
                        "only the JSON report can go to the standard output"),
                setup(
                        "a report whose folder is gone when it is written",
                        3,
                        scene -> {
                            Path folder = scene.file("reports");
                            scene.words(
                                    "check",
                                    "--config",
                                    scene.file("agent.yaml").toString(),
                                    "--junit",
                                    folder.resolve("junit.xml").toString());
                            scene.standardOutput(onFirstWrite(() -> Files.delete(folder)));
                        },
                        "a report could not be written"),
                setup(
                        "a standard output that nobody reads",
                        3,
                        scene ->
                                scene.standardOutput(
                                        onFirstWrite(() -> {
                                            throw new IOException("Broken pipe");
                                        })),
                        "the standard output was closed before all was written"));
    }

    private interface Accident {
        void happen() throws IOException;
    }

    private static OutputStream onFirstWrite(Accident accident) {
        return new OutputStream() {
            private boolean happened;

            @Override
            public void write(int b) throws IOException {
                if (!happened) {
                    happened = true;
                    accident.happen();
                }
            }
        };
    }

    private static List<BrokenSetup> untested() {
        return List.of(
                setup(
                        "no probes",
                        4,
                        scene -> {
                            String yaml = Files.readString(scene.file("agent.yaml"));
                            Files.writeString(
                                    scene.file("agent.yaml"),
                                    yaml.substring(0, yaml.indexOf("probes:")));
                        },
                        "no probe is configured, so nothing was tested; add one under probes"),
                setup(
                        "an empty mapping of probes",
                        4,
                        scene -> {
                            String yaml = Files.readString(scene.file("agent.yaml"));
                            Files.writeString(
                                    scene.file("agent.yaml"),
                                    yaml.substring(0, yaml.indexOf("probes:")) + "probes: {}\n");
                        },
                        "nothing was tested"),
                setup(
                        "a probe under maintenance",
                        4,
                        scene -> scene.append(ALWAYS),
                        "card",
                        "skip",
                        "under maintenance",
                        "--allow-untested"),
                setup(
                        "a gateway under maintenance",
                        4,
                        scene -> scene.config("    kind: stripe\n", "    kind: stripe\n" + ALWAYS),
                        "under maintenance"),
                setup(
                        "all under maintenance, and that allowed",
                        4,
                        scene -> {
                            scene.append(ALWAYS);
                            scene.options("--allow-untested");
                        },
                        "under maintenance"));
    }

    private static List<BrokenSetup> partly() {
        return List.of(
                setup(
                        "one of two under maintenance",
                        4,
                        scene ->
                                scene.append(ALWAYS + "  other: {plan: own.yaml, gateway: acme}\n"),
                        "other",
                        "pass",
                        "2 probes: 1 passed, 0 failed",
                        "1 not tested"),
                setup(
                        "one of two failing, the other under maintenance",
                        1,
                        scene -> {
                            scene.append(ALWAYS + "  other: {plan: own.yaml, gateway: acme}\n");
                            scene.fault("balance.retrieve:status=500");
                        },
                        "http_5xx"),
                setup(
                        "a budget of the day that is used up",
                        4,
                        scene -> {
                            Files.writeString(scene.file("own.yaml"), BUDGET);
                            scene.run();
                        },
                        "card",
                        "skip",
                        "the budget of the day is used up; raise the budget of its plan"));
    }

    private static final String BUDGET =
            """
            name: own
            gateway: stripe
            mode: test
            budget: {currency: USD, perRun: 1000, perDay: 1999}
            secrets: [key]
            steps:
              - name: hold
                http:
                  method: POST
                  path: /v1/payment_intents
                  auth: bearer ${secret.key}
                  idempotent: true
                  sideEffect: hold
                  amount: 1000 USD
                  form: {amount: 1000, currency: usd}
                extract: {payment: $.id}
            always:
              - name: cancel
                when: {known: payment}
                http:
                  method: POST
                  path: /v1/payment_intents/${payment}/cancel
                  auth: bearer ${secret.key}
                  idempotent: true
                  sideEffect: void
            """;

    private static List<BrokenSetup> machine() {
        return List.of(
                setup(
                        "a port to listen on that is taken",
                        3,
                        scene -> {
                            ServerSocket taken =
                                    scene.keep(
                                            new ServerSocket(
                                                    0, 1, InetAddress.getLoopbackAddress()));
                            scene.config("127.0.0.1:0", "127.0.0.1:" + taken.getLocalPort());
                        },
                        "the agent cannot start: it cannot listen on 127.0.0.1:",
                        "name another address under listen"),
                setup(
                        "a file where the data should be",
                        3,
                        scene -> Files.writeString(scene.file("data"), "no folder"),
                        "the agent cannot start:",
                        "data"),
                setup(
                        "data that another agent uses",
                        3,
                        scene -> {
                            Agent other =
                                    Agent.start(
                                            SandboxWorld.read(scene.file("agent.yaml"))
                                                    .withData(scene.file("data/check")),
                                            InstantSource.system(),
                                            "test");
                            scene.keep(other::close);
                        },
                        "the agent cannot start:",
                        "data"));
    }

    private static List<BrokenSetup> disk() {
        return List.of(
                setup(
                        "a journal of probes that is damaged",
                        1,
                        scene -> {
                            Path probes = scene.file("data/check/probes");
                            Files.createDirectories(probes);
                            Files.writeString(
                                    probes.resolve("probes.journal"),
                                    "01234567 {\"v\":1}\n01234567 {\"v\":1}\n");
                        },
                        "the journal of probes was damaged at lines [1]",
                        "look for it at the gateways"),
                setup(
                        "a log of the engine that is no log",
                        3,
                        scene -> {
                            Path engine = scene.file("data/check/engine");
                            Files.createDirectories(engine.getParent());
                            Files.writeString(engine, "no folder");
                        },
                        "the agent cannot start:",
                        "engine"),
                setup(
                        "findings that cannot be read",
                        3,
                        scene -> {
                            Path findings = scene.file("data/check/findings");
                            Files.createDirectories(findings.getParent());
                            Files.writeString(findings, "no folder");
                        },
                        "the agent cannot start:",
                        "findings"));
    }
}
