package io.paybeacon.gateways.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A MAPPINGS.md, which has to say what the code does. */
public record MappingsDocument(String gateway) {
    private static final Pattern ROW = Pattern.compile("\\| `([A-Za-z0-9_.-]+)` \\| `?(\\w+)`?.*");

    private Path path() {
        return Path.of("src/main/java/io/paybeacon/gateways/%s/MAPPINGS.md".formatted(gateway));
    }

    /** The first two columns of the table of a section; the first is unique. */
    public Map<String, String> rows(String section) throws IOException {
        List<String> lines = Files.readAllLines(path());
        Map<String, String> rows = new TreeMap<>();
        int start = lines.indexOf(section);
        assertThat(start).as(section).isNotNegative();
        for (int i = start + 1; !lines.get(i).startsWith("## "); i++) {
            Matcher matcher = ROW.matcher(lines.get(i));
            if (matcher.matches()) {
                assertThat(rows.put(matcher.group(1), matcher.group(2)))
                        .as("listed twice: %s", matcher.group(1))
                        .isNull();
            }
        }
        return rows;
    }

    /** Every field that is read is named in the document. */
    public void namesAll(Set<String> fields) throws IOException {
        String text = Files.readString(path());
        assertThat(fields)
                .allSatisfy(name ->
                        assertThat(text)
                                .containsPattern("(`[^`\n]*|\")\\b" + Pattern.quote(name) + "\\b"));
    }
}
