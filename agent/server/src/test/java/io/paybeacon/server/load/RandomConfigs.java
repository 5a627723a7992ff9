package io.paybeacon.server.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Writes the files of an agent's configuration: probes that always stay as they are beside others
 * that come, change and go. Each configuration has a module {@code rev-N} by which it can be
 * recognised from outside.
 */
final class RandomConfigs {
    /** Probes that no configuration touches. */
    static final int UNTOUCHED = 8;

    /** What webhooks are signed with throughout, whatever comes and goes beside it. */
    static final String HOOK_SECRET = "the-secret-of-a-test-that-stays";

    static final String BANK_SECRET = "the-secret-of-the-bank-of-a-test";

    private static final int OTHERS_MAX = 6;
    private static final List<String> PLANS =
            List.of("stripe/balance", "stripe/card-capture-refund", "stripe/card-decline");

    private static final String WEEKLY =
            "    maintenance: [{days: mon, from: \"03:00\", for: 1h}]\n";

    /** Where the world is. */
    record World(int targetPort, String bankUrl, String bankKey, String stripeUrl, String key) {}

    private record Other(String plan, int everySeconds, String more) {}

    private final Path directory;
    private final World world;
    private final RandomGenerator random;
    private final Map<String, Other> others = new TreeMap<>();
    private boolean otherKey;
    private boolean extraHook;
    private boolean source;
    private boolean stripeRests;
    private int pace = 20;
    private int settleSeconds = 60;
    private int revision;
    private String text = "";

    RandomConfigs(Path directory, World world, RandomGenerator random) {
        this.directory = directory;
        this.world = world;
        this.random = random;
    }

    Path file() {
        return directory.resolve("agent.yaml");
    }

    Path directory() {
        return directory;
    }

    /** The module by which the last valid configuration is known. */
    String module() {
        return "rev-" + revision;
    }

    /** Names of the probes that come and go, as the last valid configuration has them. */
    List<String> others() {
        return List.copyOf(others.keySet());
    }

    /** Nothing beside what stays. */
    void onlyWhatStays() {
        others.clear();
        otherKey = false;
        extraHook = false;
        source = false;
        stripeRests = false;
        pace = 20;
        settleSeconds = 60;
        revision++;
    }

    /** Changes one to three things. */
    void change() {
        revision++;
        for (int change = random.nextInt(3); change >= 0; change--) {
            String name = "other-" + random.nextInt(OTHERS_MAX);
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> others.put(name, randomProbe());
                case 4, 5 -> others.remove(name);
                case 6 -> otherKey = !otherKey;
                case 7 -> extraHook = !extraHook;
                case 8 -> {
                    source = !source;
                    settleSeconds = 30 + random.nextInt(60);
                }
                default -> {
                    pace = 5 + random.nextInt(40);
                    stripeRests = !stripeRests;
                }
            }
        }
    }

    private Other randomProbe() {
        String more =
                switch (random.nextInt(4)) {
                    case 0 -> "    confirm: false\n";
                    case 1 ->
                            "    maintenance: [{days: [mon, sun], from: \"0%d:00\", for: 30m}]\n"
                                    .formatted(random.nextInt(10));
                    case 2 -> "    maintenance: [{from: %s, to: %s}]\n".formatted(now(-5), now(1));
                    default -> "";
                };
        return new Other(PLANS.get(random.nextInt(PLANS.size())), 1 + random.nextInt(3), more);
    }

    private static Instant now(int minutes) {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(minutes, ChronoUnit.MINUTES);
    }

    /** The text of the last valid configuration. */
    String text() {
        return text;
    }

    private String text(boolean atRest) {
        String rest =
                atRest
                        ? "    maintenance: [{from: %s, to: %s}]\n".formatted(now(-60), now(60))
                        : "";
        StringBuilder lines = new StringBuilder(whatStays(rest));
        stripe(lines, atRest || !stripeRests ? rest : WEEKLY);
        probes(lines);
        return lines.toString();
    }

    private String whatStays(String rest) {
        return """
        # revision %d
        listen: 127.0.0.1:0
        data: data
        payments: {settle: %ds}
        gateways:
          still:
            kind: card
            url: http://127.0.0.1:%d
            secrets: {key: "${file:still-key}"}
            webhookSecrets: ["${file:hook}"%s]
            pace: {requestsPerSecond: 1000, burst: 1000, concurrentRuns: 64}
        %s\
          bank:
            kind: card
            url: %s
            secrets: {key: "${file:bank-key}"}
            webhookSecrets: "${file:bank-hook}"
        %s\
        """
                .formatted(
                        revision,
                        settleSeconds,
                        world.targetPort,
                        extraHook ? ", \"${file:hook-extra}\"" : "",
                        rest,
                        world.bankUrl,
                        rest);
    }

    private void stripe(StringBuilder lines, String rest) {
        lines.append(
                """
                  stripe:
                    kind: stripe
                    url: %s
                    apiKey: ${file:%s}
                    pace: {requestsPerSecond: %d, burst: %d, concurrentRuns: 4}
                %s\
                modules:
                  rev-%d: {http: {}}
                """
                        .formatted(
                                world.stripeUrl,
                                otherKey ? "stripe-other-key" : "stripe-key",
                                pace,
                                pace,
                                rest,
                                revision));
        if (source) {
            lines.append(
                    """
                    sources:
                      page:
                        gateway: stripe
                        kind: statusPage
                        url: %s/api/v2/summary.json
                        every: 5s
                    """
                            .formatted(world.stripeUrl));
        }
    }

    private void probes(StringBuilder lines) {
        lines.append("probes:\n");
        for (int i = 0; i < UNTOUCHED; i++) {
            lines.append(
                    """
                      stays-%d:
                        plan: plans/still.yaml
                        gateway: still
                        every: 1s
                        confirm: false
                        variables: {path: stays-%d}
                    """
                            .formatted(i, i));
        }
        lines.append(
                """
                  money:
                    plan: card/card-capture-refund
                    gateway: bank
                    every: 2s
                """);
        others.forEach((name, probe) ->
                lines.append(
                        """
                          %s:
                            plan: %s
                            gateway: stripe
                            every: %ds
                        %s\
                        """
                                .formatted(name, probe.plan, probe.everySeconds, probe.more)));
    }

    /** Everything that the file names, as it should be, but for one file. */
    void writeOtherFiles(Path except) throws IOException {
        Path plan = directory.resolve("plans/still.yaml");
        Files.createDirectories(directory.resolve("plans"));
        Map<Path, String> files =
                Map.of(
                        directory.resolve("still-key"),
                        "a-key-of-a-test",
                        directory.resolve("hook"),
                        HOOK_SECRET,
                        directory.resolve("hook-extra"),
                        "another-secret-of-a-test",
                        directory.resolve("bank-key"),
                        world.bankKey,
                        directory.resolve("bank-hook"),
                        BANK_SECRET,
                        directory.resolve("stripe-key"),
                        world.key,
                        directory.resolve("stripe-other-key"),
                        "sk_test_that_the_gateway_does_not_know",
                        plan,
                        """
                        name: still
                        gateway: card
                        secrets: [key]
                        variables: {path: nowhere}
                        steps:
                          - name: get
                            timeout: 20s
                            http: {method: GET, path: "/${path}", auth: "bearer ${secret.key}"}
                            assert:
                              - status: 200
                        """);
        for (Map.Entry<Path, String> one : files.entrySet()) {
            if (!one.getKey().equals(except)) {
                put(one.getKey(), one.getValue());
            }
        }
    }

    /** Writes a file unless it is so already, at once or in place, as editors differ in that. */
    void put(Path path, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        if (Files.isDirectory(path)) {
            Files.delete(path);
        }
        if (Files.exists(path) && java.util.Arrays.equals(Files.readAllBytes(path), bytes)) {
            return;
        }
        if (random.nextBoolean()) {
            Path written = Files.write(directory.resolve("written"), bytes);
            Files.move(written, path, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.write(path, bytes);
        }
    }

    /** Writes the configuration and all that it names. */
    void write(boolean atRest) throws IOException {
        writeOtherFiles(file());
        text = text(atRest);
        put(file(), text);
    }
}
