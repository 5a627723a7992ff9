package io.paybeacon.probe.run;

import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.secret.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An engine and an origin whose answers are scripted; plans are written without their head. */
final class StepLab {

    static final String SECRET = "step-lab-canary-91c7";
    static final String USER = "step-lab-user";

    final ScriptedOrigin origin = new ScriptedOrigin();
    final EngineLab lab;
    private final Path directory;
    TlsProfile tls = TlsProfile.PUBLIC;
    @Nullable String baseUrl;

    StepLab(Path directory) throws IOException {
        this(directory, null);
    }

    StepLab(Path directory, @Nullable InetSocketAddress nameServer) throws IOException {
        this.directory = directory;
        lab = new EngineLab(directory).open(EngineLab.CALM, nameServer);
    }

    ProbeTarget target(String yaml) {
        String head =
                "name: lab\ngateway: acme\nsecrets: [user, key]\n"
                        + (yaml.contains("budget:")
                                ? ""
                                : "budget: {currency: USD, perRun: 2000, perDay: 9000000}\n");
        return new ProbeTarget(
                "lab-probe",
                "acme-main",
                ProbeBench.plan(head + yaml),
                URI.create(baseUrl == null ? origin.url() : baseUrl),
                Map.of("key", Secret.of(SECRET), "user", Secret.of(USER)),
                Map.of(),
                Duration.ofSeconds(1),
                tls,
                Optional.empty(),
                RunPolicy.DEFAULT);
    }

    RunResult run(String yaml) throws Exception {
        return lab.prober().runOnce(target(yaml)).await(60, TimeUnit.SECONDS);
    }

    String journal() throws IOException {
        return Files.readString(directory.resolve("probes.journal"));
    }

    /** Everything that leaves the engine about a run. */
    String everywhere(RunResult result) throws IOException {
        return String.join("\n", result.debugLog()) + result + lab.events + journal();
    }

    /** Purpose and outcome of each attempt, such as {@code token ok} or {@code flow 401 auth}. */
    static List<String> attempts(RunResult result) {
        return result.attempts().stream().map(StepLab::attempt).toList();
    }

    private static String attempt(AttemptResult attempt) {
        String status =
                attempt.status().isPresent() ? Integer.toString(attempt.status().getAsInt()) : "-";
        return attempt.purpose().label()
                + " "
                + status
                + (attempt.failure() == null ? "" : " " + attempt.failure().reason().label());
    }

    static String outcome(RunResult result) {
        return result.failure() == null
                ? "passed"
                : result.failedStep() + " " + result.failure().reason().label();
    }

    void close() throws Exception {
        lab.close();
        origin.close();
    }
}
