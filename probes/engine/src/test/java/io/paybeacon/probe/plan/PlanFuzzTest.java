package io.paybeacon.probe.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.paybeacon.probe.secret.Redactor;
import io.paybeacon.probe.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlanFuzzTest {

    private static final long SEED = 20_261_122;
    private static final int ROUNDS = 1500;
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ":",
        "- ",
        "\n",
        "  ",
        "\"",
        "'",
        "${",
        "}",
        "&a",
        "*a",
        "!!int ",
        "|",
        "true",
        "null",
        "-1",
        "1e999999999999",
        "0012",
        "\u0000",
        "\ud800",
        "(",
        "//",
        "..",
        "%zz",
        "${run}",
        "${secret.key}",
        "equals: 1",
        "http:",
        "\t",
        "#",
        "? ",
        "99999999999999999999"
    };

    private static String broken(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int edits = 1 + random.nextInt(3);
        for (int i = 0; i < edits; i++) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            switch (random.nextInt(5)) {
                case 0 -> lines.set(at, "");
                case 1 -> lines.add(random.nextInt(lines.size()), line);
                case 2 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
                case 3 -> lines.set(at, lines.get(random.nextInt(lines.size())));
                default -> {
                    int column = random.nextInt(line.length() + 1);
                    String piece = PIECES[random.nextInt(PIECES.length)];
                    lines.set(at, line.substring(0, column) + piece + line.substring(column));
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    @Test
    @DisplayName("However a plan is broken, reading it ends with a plan or with problems")
    void read_broken() {
        Random random = new Random(SEED);
        int rejected = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String yaml = broken(random.nextBoolean() ? PlanMistake.GOOD : FullPlan.YAML, random);
            try {
                PlanReading reading = PlanReader.read("plan.yaml", yaml);
                if (reading instanceof PlanReading.Rejected(var problems)) {
                    rejected++;
                    assertThat(problems).isNotEmpty().allMatch(problem -> problem.line() >= 1);
                }
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed %d, round %d:\n%s".formatted(SEED, round, yaml), e);
            }
        }
        assertThat(rejected).as("seed %d", SEED).isBetween(ROUNDS / 4, ROUNDS - 1);
    }

    @Test
    @DisplayName("However a text is put together, redaction ends, and the secret is gone")
    void redact_anything() {
        Random random = new Random(SEED);
        Redactor redactor = Redactor.of(List.of(Secret.of("fuzz-secret-1")));
        String[] pieces = {
            "fuzz-secret-1",
            "%",
            "%41",
            "\\u00",
            "\\u0041",
            "\\",
            "4242 4242 4242 4242",
            "=",
            "+",
            "Bearer ",
            "\"access_token\":\"",
            "ZnV6ei1zZWNyZXQtMQ==",
            "&",
            "\ud83d",
            "cvc=",
            "123"
        };
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String given = text.toString();
            assertThatCode(() -> redactor.redact(given))
                    .as("seed %d, round %d: %s", SEED, round, given)
                    .doesNotThrowAnyException();
            assertThat(redactor.redact(given))
                    .as("seed %d, round %d: %s", SEED, round, given)
                    .doesNotContain("fuzz-secret-1");
        }
    }
}
