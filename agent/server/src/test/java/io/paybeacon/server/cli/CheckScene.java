package io.paybeacon.server.cli;

import io.paybeacon.server.SandboxWorld;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import picocli.CommandLine;

/** A folder with a configuration that passes a check, until something in it is broken. */
final class CheckScene implements Closeable {
    static final String PLAN =
            """
            name: own
            gateway: stripe
            mode: test
            timeout: 3s
            secrets: [key]
            variables: {object: balance}
            steps:
              - name: balance
                timeout: 1s
                http:
                  method: GET
                  path: /v1/${object}
                  auth: bearer ${secret.key}
                assert:
                  - status: 200
                  - json: $.object
                    equals: balance
            """;

    private final SandboxWorld world;
    private final Path directory;
    private final Deque<Closeable> open = new ArrayDeque<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private OutputStream standardOutput = out;
    private List<String> words;
    private boolean reported = true;

    CheckScene(SandboxWorld world, Path directory) throws Exception {
        this.world = world;
        this.directory = directory;
        Files.writeString(file("key"), world.sandbox().apiKey());
        Files.writeString(file("secret"), SandboxWorld.SECRET);
        Files.writeString(file("own.yaml"), PLAN);
        Files.writeString(
                file("agent.yaml"),
                """
                listen: 127.0.0.1:0
                data: data
                gateways:
                  acme:
                    kind: stripe
                    url: %s
                    apiKey: ${file:key}
                    webhookSecrets: ["${file:secret}"]
                probes:
                  card:
                    plan: own.yaml
                    gateway: acme
                    every: 1m
                """
                        .formatted(world.sandbox().baseUrl()));
        words =
                List.of(
                        "check",
                        "--config",
                        file("agent.yaml").toString(),
                        "--junit",
                        junit().toString(),
                        "--json",
                        json().toString());
    }

    SandboxWorld world() {
        return world;
    }

    /** A file of the folder. */
    Path file(String name) {
        return directory.resolve(name);
    }

    Path junit() {
        return file("junit.xml");
    }

    Path json() {
        return file("report.json");
    }

    /** Replaces something in a file; it must be there. */
    void replace(String name, String part, String by) throws Exception {
        String text = Files.readString(file(name));
        if (!text.contains(part)) {
            throw new AssertionError(name + " has no " + part);
        }
        Files.writeString(file(name), text.replace(part, by));
    }

    /** Replaces something in the configuration. */
    void config(String part, String by) throws Exception {
        replace("agent.yaml", part, by);
    }

    /** Replaces something in the plan. */
    void plan(String part, String by) throws Exception {
        replace("own.yaml", part, by);
    }

    /** Adds lines at the end of the configuration. */
    void append(String lines) throws Exception {
        Files.writeString(file("agent.yaml"), Files.readString(file("agent.yaml")) + lines);
    }

    /** Probes with a plan of the catalogue instead. */
    void shipped(String plan) throws Exception {
        config("plan: own.yaml", "plan: " + plan);
    }

    /** A fault at the gateway. */
    void fault(String fault) {
        world.sandbox().faults().install(fault);
    }

    /** More words on the command line. */
    void options(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        words = all;
    }

    /** Another command line; no report is expected then. */
    void words(String... others) {
        words = List.of(others);
        reported = false;
    }

    /** The check ends before it can report. */
    void unreported() {
        reported = false;
    }

    /** Where its standard output goes. */
    void standardOutput(OutputStream other) {
        standardOutput = other;
    }

    /** To be closed after the check. */
    <T extends Closeable> T keep(T part) {
        open.push(part);
        return part;
    }

    boolean isReported() {
        return reported;
    }

    /** Runs the check; its exit code. */
    int run() {
        Disclosure disclosure = new Disclosure();
        CommandLine command = Main.commandLine(disclosure);
        command.setOut(new PrintWriter(printer(standardOutput), true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(printer(err), true, StandardCharsets.UTF_8));
        return Main.execute(command, disclosure, words.toArray(String[]::new));
    }

    private static PrintStream printer(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /** All that it wrote for people. */
    String said() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
