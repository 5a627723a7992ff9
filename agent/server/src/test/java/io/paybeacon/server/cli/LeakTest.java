package io.paybeacon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.probe.result.RunResult;
import io.paybeacon.server.Agent;
import io.paybeacon.server.AgentException;
import io.paybeacon.server.SandboxWorld;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.TestKeys;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * More than fifty secrets and twenty card numbers go through an agent whose gateways send them back
 * in every disguise, with the log at its finest. None of them may be found on any surface, and on
 * every surface a marker that came the same way must be.
 */
class LeakTest {
    @TempDir Path directory;
    private final Disclosure disclosure = new Disclosure();
    private final Map<String, String> surfaces = new LinkedHashMap<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final Logger root = Logger.getLogger("");
    private final Level levelBefore = root.getLevel();
    private final PrintStream outBefore = System.out;
    private final PrintStream errBefore = System.err;
    private final Thread.UncaughtExceptionHandler uncaughtBefore =
            Thread.getDefaultUncaughtExceptionHandler();
    private StreamHandler handler;
    private HostileGateway hostile;
    private LeakingPlans plans;

    @BeforeEach
    void open() throws Exception {
        handler = new StreamHandler(log, new SimpleFormatter());
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        disclosure.guard(root);
        disclosure.catchUncaught();
        PrintStream captured = new PrintStream(console, true, StandardCharsets.UTF_8);
        System.setOut(captured);
        System.setErr(captured);
        for (Map.Entry<String, String> secret : Planted.configured().entrySet()) {
            Files.writeString(directory.resolve(secret.getKey()), secret.getValue());
        }
        TestKeys.write(directory, "client");
        plans = new LeakingPlans(Files.readString(directory.resolve("client.key")));
        hostile = new HostileGateway(plans.echoed());
        Files.writeString(
                directory.resolve("agent.yaml"),
                plans.config(SandboxWorld.freePort(), hostile.url()));
        for (Map.Entry<String, String> plan : plans.files().entrySet()) {
            Files.writeString(directory.resolve(plan.getKey()), plan.getValue());
        }
    }

    @AfterEach
    void close() throws Exception {
        System.setOut(outBefore);
        System.setErr(errBefore);
        Thread.setDefaultUncaughtExceptionHandler(uncaughtBefore);
        root.removeHandler(handler);
        root.setLevel(levelBefore);
        hostile.close();
    }

    @Test
    @DisplayName("No secret and no card number is found anywhere, and the marker everywhere")
    void nothingLeaks() throws Exception {
        assertThat(Planted.configured().size() + Planted.learned().size())
                .isGreaterThanOrEqualTo(50);
        assertThat(Planted.CARDS).hasSizeGreaterThanOrEqualTo(20);
        runAgent();
        check();
        crash();
        handler.flush();
        surfaces.put("log", log.toString(StandardCharsets.UTF_8));
        surfaces.put("console", console.toString(StandardCharsets.UTF_8) + Planted.MARKER);
        files();

        List<String> found = new ArrayList<>();
        surfaces.forEach((surface, text) -> found.addAll(plans.search(surface, text)));
        List<String> blind =
                surfaces.entrySet().stream()
                        .filter(e -> !e.getValue().contains(Planted.MARKER.substring(0, 14)))
                        .map(Map.Entry::getKey)
                        .toList();

        assertThat(found).isEmpty();
        assertThat(blind).as("surfaces that show nothing at all").isEmpty();
    }

    private void runAgent() throws Exception {
        AgentConfig config = SandboxWorld.read(directory.resolve("agent.yaml"));
        try (Agent agent =
                        Agent.start(config, InstantSource.system(), "test", disclosure.secrets());
                HttpClient client = HttpClient.newHttpClient()) {
            agent.scheduleProbes();
            List<RunResult> runs = new ArrayList<>();
            config.probes().forEach(probe -> runs.add(agent.runProbe(probe)));
            surfaces.put("spans", runs.stream().map(run -> run.spans().toString()).toList() + "");
            surfaces.put("results", runs.toString());
            String base = "http://127.0.0.1:" + agent.port();
            webhooks(client, base);
            List<String> paths =
                    new ArrayList<>(
                            List.of("/metrics", "/api/v1/probes", "/api/v1/probes/hold/runs/last"));
            config.probes().stream()
                    .filter(probe -> !probe.name().equals("hold"))
                    .forEach(probe -> {
                        paths.add("/api/v1/probes/" + probe.name());
                        paths.add("/api/v1/probes/" + probe.name() + "/runs/last");
                    });
            for (String path : paths) {
                surfaces.put(path, get(client, base + path));
            }
            surfaces.put("open metrics", openMetrics(client, base));
            StringBuilder others = new StringBuilder(Planted.MARKER);
            for (String path :
                    List.of(
                            "/",
                            "/-/ready",
                            "/api/v1/findings",
                            "/api/v1/gateways",
                            "/probe?target=http://u:" + target("proxyPassword") + "@127.0.0.1/",
                            "/probe?module=own&target=" + hostile.url() + "/part/0",
                            "/probe?module=own2&target=" + hostile.url() + "/moved/2",
                            "/probe?module=" + target("s6") + "&target=" + target("s7"))) {
                others.append(get(client, base + path));
            }
            surfaces.put("other answers", others.toString());
            StringBuilder threads = new StringBuilder(Planted.MARKER);
            Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true))
                    .forEach(threads::append);
            surfaces.put("threads", threads.toString());
        }
    }

    private static String target(String secret) {
        return URLEncoder.encode(Planted.configured().get(secret), StandardCharsets.UTF_8);
    }

    private static String get(HttpClient client, String url) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header(
                                        "Authorization",
                                        "Bearer " + Planted.configured().get("token"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String openMetrics(HttpClient client, String base) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(base + "/metrics"))
                                .header("Accept", "application/openmetrics-text; version=1.0.0")
                                .header(
                                        "Authorization",
                                        "Bearer " + Planted.configured().get("token"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Payloads full of it, with bad signatures and with none. */
    private void webhooks(HttpClient client, String base) throws Exception {
        StringBuilder answers = new StringBuilder(Planted.MARKER);
        for (String gateway : List.of("acme", "other", "none")) {
            for (String signature : List.of("t=1,v1=00", "", target("webhook0"))) {
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create(base + "/in/" + gateway))
                                .header("Stripe-Signature", signature)
                                .header("X-Signature", signature)
                                .POST(HttpRequest.BodyPublishers.ofString(plans.all().toString()))
                                .build();
                answers.append(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            }
        }
        surfaces.put("answers to webhooks", answers.toString());
    }

    private void check() throws Exception {
        Path junit = directory.resolve("junit.xml");
        Path json = directory.resolve("report.json");
        surfaces.put(
                "table",
                command(
                        "check",
                        "--junit",
                        junit.toString(),
                        "--json",
                        json.toString(),
                        "--probe",
                        "hold",
                        "--probe",
                        "visible-marker-part0",
                        "--probe",
                        "visible-marker-part1",
                        "--probe",
                        "visible-marker-bad1",
                        "--probe",
                        "visible-marker-moved0"));
        surfaces.put("JUnit", Files.readString(junit));
        surfaces.put("JSON", Files.readString(json));
        surfaces.put("validate", command("validate") + Planted.MARKER);
        surfaces.put("orphans", command("orphans") + Planted.MARKER);
        String good = Files.readString(directory.resolve("agent.yaml"));
        for (String wrong :
                List.of(
                        "listen: \"CARD\"",
                        "data: [CARD, KEY]",
                        "KEY: 1",
                        "health: {canaries: [\"tcp://KEY\"]}",
                        "payments: {stuckAfter: CARD}",
                        "tls: \"-----BEGIN PRIVATE KEY-----\"",
                        "sources: {x: {gateway: acme, every: CARD, kind: KEY}}",
                        "a: \"KEY")) {
            String text =
                    good
                            + wrong.replace("CARD", Planted.CARDS.get(2))
                                    .replace("KEY", "sk_" + "test_LnStripeKeyOfNobody")
                            + "\n"
                            + Planted.MARKER
                            + ": 1\n";
            Files.writeString(directory.resolve("agent.yaml"), text);
            surfaces.put("mistake " + wrong, command("check") + Planted.MARKER);
        }
        Files.writeString(directory.resolve("agent.yaml"), good);
    }

    private String command(String... words) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintWriter writer = new PrintWriter(written, true, StandardCharsets.UTF_8);
        CommandLine command = Main.commandLine(disclosure).setOut(writer).setErr(writer);
        Main.execute(
                command,
                disclosure,
                Stream.concat(
                                Arrays.stream(words),
                                Stream.of("--config", directory.resolve("agent.yaml") + ""))
                        .toArray(String[]::new));
        return written.toString(StandardCharsets.UTF_8);
    }

    /** Exceptions that hold all of it, in places where nobody catches them. */
    private void crash() throws Exception {
        IllegalStateException crash =
                new IllegalStateException(
                        Planted.MARKER + " " + plans.all(),
                        new RuntimeException(plans.all().toString()));
        Thread thread =
                new Thread(() -> {
                    throw crash;
                });
        thread.start();
        thread.join();
        surfaces.put("crash", disclosure.trace(crash));
        root.log(Level.FINEST, Planted.MARKER + plans.all(), crash);
        AgentConfig config = SandboxWorld.read(directory.resolve("agent.yaml"));
        try (ServerSocket _ =
                new ServerSocket(config.listen().port(), 1, InetAddress.getLoopbackAddress())) {
            Agent.start(config, InstantSource.system(), "test", disclosure.secrets()).close();
            throw new AssertionError("it started");
        } catch (AgentException e) {
            surfaces.put("no start", disclosure.trace(e) + Planted.MARKER);
        }
    }

    /** Every file that the agent keeps, as bytes. */
    private void files() throws Exception {
        StringBuilder kept = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                kept.append(text);
                if (file.endsWith("probes.journal")) {
                    surfaces.put("journal " + directory.relativize(file), text);
                }
            }
        }
        surfaces.put("data", kept.toString());
    }
}
