package io.paybeacon.server.load;

import io.paybeacon.server.config.ConfigReader;
import io.paybeacon.server.config.ConfigReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Something that is wrong with a configuration.
 *
 * @param name for people
 * @param file the end of the path of the file that the agent has to name
 * @param told a part of what it has to name as the key or to say; empty where there is none
 * @param damage writes the files with the mistake in them
 */
record Mistake(String name, String file, String told, Damage damage) {
    private static final String HOOKS = "gateways.still.webhookSecrets";

    /** Writes files with a mistake in them. */
    interface Damage {
        void write(RandomConfigs configs, RandomGenerator random) throws IOException;
    }

    /** All there are. */
    static List<Mistake> all() {
        return List.of(
                text("syntax", "", text -> text + "  bad: [unclosed\n"),
                text("tab", "", text -> text.replace("  money:", "\tmoney:")),
                text("unknown key", "nonsense", text -> text + "nonsense: 1\n"),
                money("misspelt key", "evry", "every: 2s", "evry: 2s"),
                text("key twice", "", text -> text + "data: data\n"),
                money("no such gateway", "gateway", "gateway: bank", "gateway: nobody"),
                money("plan of another", "gateway", "card/card-capture-refund", "stripe/balance"),
                money("no such plan", "plan", "card/card-capture-refund", "plans/not-there.yaml"),
                money("wrong type", "every", "every: 2s", "every: [2s]"),
                money("wrong value", "every", "every: 2s", "every: 2ms"),
                money("no duration", "every", "every: 2s", "every: soon"),
                text(
                        "no such secret",
                        "gateways.bank.secrets.key",
                        text -> text.replace("${file:bank-key}", "${file:not-there}")),
                text(
                        "no such variable",
                        "gateways.bank.secrets.key",
                        text -> text.replace("${file:bank-key}", "${env:NOT_THERE}")),
                text("needs a restart", "listen", t -> t.replace("127.0.0.1:0", "127.0.0.1:1")),
                text("live key", "", text -> text + "# sk_live_" + "x".repeat(24) + "\n"),
                text(
                        "endless secret",
                        "gateways.bank.secrets.key",
                        text -> text.replace("${file:bank-key}", "${file:/dev/zero}")),
                text("empty", "", _ -> ""),
                text("no mapping", "", _ -> "- one\n- two\n"),
                text("no text", "", text -> text.substring(0, 40) + "\u0000\u0001"),
                text("too large", "", text -> text + "# more\n".repeat(200_000)),
                new Mistake("half-written", "agent.yaml", "", Mistake::writeHalf),
                new Mistake("folder", "agent.yaml", "", (c, _) -> folder(c.file())),
                beside("empty secret", HOOKS, "hook", (c, hook) -> c.put(hook, "\n")),
                beside("folder as a secret", HOOKS, "hook", (_, hook) -> folder(hook)),
                beside(
                        "broken plan",
                        "plans/still.yaml:7: steps[0].timeuot",
                        "plans/still.yaml",
                        (c, plan) ->
                                c.put(
                                        plan,
                                        Files.readString(plan).replace("timeout:", "timeuot:"))));
    }

    /** Damages a file that the configuration names. */
    private interface Beside {
        void write(RandomConfigs configs, Path file) throws IOException;
    }

    /** The file that is named is wrong, and the configuration itself is right. */
    private static Mistake beside(String name, String told, String file, Beside damage) {
        return new Mistake(
                name,
                "agent.yaml",
                told,
                (configs, _) -> {
                    Path path = configs.directory().resolve(file);
                    configs.writeOtherFiles(configs.file());
                    damage.write(configs, path);
                    configs.put(configs.file(), configs.text());
                });
    }

    private static Mistake text(String name, String key, UnaryOperator<String> damage) {
        return new Mistake(
                name,
                "agent.yaml",
                key,
                (configs, _) -> {
                    configs.put(configs.file(), damage.apply(configs.text()));
                    configs.writeOtherFiles(configs.file());
                });
    }

    /** One line of the probe of that name is another. */
    private static Mistake money(String name, String key, String right, String wrong) {
        return text(
                name,
                "probes.money." + key,
                text -> {
                    int at = text.indexOf(right, text.indexOf("  money:"));
                    return text.substring(0, at) + wrong + text.substring(at + right.length());
                });
    }

    /** As much of the file as a writer had written at some moment; only a part that is wrong. */
    private static void writeHalf(RandomConfigs configs, RandomGenerator random)
            throws IOException {
        String text = configs.text();
        Path beside = configs.directory().resolve("half.yaml");
        int at = random.nextInt(20, text.length());
        while (true) {
            Files.write(beside, text.substring(0, at).getBytes(StandardCharsets.UTF_8));
            if (ConfigReader.read(beside, Map.of(), Instant::now)
                    instanceof ConfigReading.Rejected) {
                configs.put(configs.file(), text.substring(0, at));
                return;
            }
            at--;
        }
    }

    private static void folder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.delete(path);
            Files.createDirectory(path);
        }
    }

    /** Writes it, and nothing else that is wrong. */
    void write(RandomConfigs configs, RandomGenerator random) throws IOException {
        damage.write(configs, random);
    }
}
