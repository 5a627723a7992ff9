package io.paybeacon.gateways.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Scenarios out of a file: blocks of a name behind a hash, a first line that says what kind of
 * message it is, its JSON, an arrow, and the lines that it tells; a blank line between two blocks.
 */
public final class ScenarioFile {
    private ScenarioFile() {}

    /**
     * A message, and what it tells.
     *
     * @param kind the words of the first line
     */
    public record Scenario(String name, List<String> kind, String json, List<String> told) {
        @Override
        public String toString() {
            return String.join(" ", kind) + ": " + name;
        }
    }

    /** The scenarios in the file {@code scenarios.txt} beside a test. */
    public static List<Scenario> of(Class<?> test) throws IOException {
        return read(test.getPackageName().replace("io.paybeacon.gateways.", "") + "/scenarios.txt");
    }

    /** The scenarios in a file below the resources of this module's tests. */
    public static List<Scenario> read(String path) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        try (InputStream in =
                ScenarioFile.class.getResourceAsStream("/io/paybeacon/gateways/" + path)) {
            if (in == null) {
                throw new IOException("no such file: " + path);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String block : text.strip().split("\n\n", -1)) {
                scenarios.add(read(block.lines().toList()));
            }
        }
        return scenarios;
    }

    private static Scenario read(List<String> lines) throws IOException {
        int arrow = lines.indexOf("=>");
        if (arrow < 3 || arrow == lines.size() - 1 || !lines.getFirst().startsWith("# ")) {
            throw new IOException("not a scenario: " + lines);
        }
        return new Scenario(
                lines.getFirst().substring(2),
                List.of(lines.get(1).split(" ", -1)),
                String.join(" ", lines.subList(2, arrow)),
                List.copyOf(lines.subList(arrow + 1, lines.size())));
    }
}
