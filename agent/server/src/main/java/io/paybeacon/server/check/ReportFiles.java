package io.paybeacon.server.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where reports are written. A report of an earlier check is removed before anything is tested, so
 * that a pipeline never reads it as this one's.
 *
 * @param junit file of the JUnit report
 * @param json file of the JSON report; {@code -} is for the standard output
 */
public record ReportFiles(Optional<Path> junit, Optional<Path> json) {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    /** Whether the JSON report goes to the standard output, so that nothing else may. */
    public boolean jsonToStandardOutput() {
        return json.filter(STANDARD_OUTPUT::equals).isPresent();
    }

    private Optional<Path> jsonFile() {
        return json.filter(path -> !path.equals(STANDARD_OUTPUT));
    }

    /**
     * Removes what an earlier check wrote, and finds out whether the files can be written.
     *
     * @param configuration the file that is checked, which no report may replace
     * @throws IOException if one cannot be written; the message names the option and the remedy
     */
    public void prepare(Path configuration) throws IOException {
        if (junit.filter(STANDARD_OUTPUT::equals).isPresent()) {
            throw new IOException(
                    "--junit -: only the JSON report can go to the standard output; name a file");
        }
        if (junit.isPresent() && jsonFile().isPresent() && isSame(junit.get(), jsonFile().get())) {
            throw new IOException(
                    "--junit and --json both name %s; give each report a file of its own"
                            .formatted(junit.get()));
        }
        refuseConfiguration("--junit", junit, configuration);
        refuseConfiguration("--json", jsonFile(), configuration);
        prepare("--junit", junit);
        prepare("--json", jsonFile());
    }

    private static void refuseConfiguration(String option, Optional<Path> file, Path configuration)
            throws IOException {
        if (file.isPresent() && isSame(file.get(), configuration)) {
            throw new IOException(
                    "%s names the configuration %s, which the report would replace; name another"
                            .formatted(option, configuration));
        }
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        Path first = one.toAbsolutePath().normalize();
        Path second = other.toAbsolutePath().normalize();
        return first.equals(second)
                || (Files.exists(first) && Files.exists(second) && Files.isSameFile(first, second));
    }

    private static void prepare(String option, Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return;
        }
        Path path = file.get().toAbsolutePath();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path)) {
            throw new IOException(
                    "%s: %s is %s; name a file"
                            .formatted(
                                    option,
                                    file.get(),
                                    Files.isDirectory(path) ? "a directory" : "no regular file"));
        }
        try {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.deleteIfExists(path);
            // What is written in the end is written beside it first.
            Files.delete(Files.createFile(path));
            Files.deleteIfExists(half(path));
            Files.delete(Files.createFile(half(path)));
        } catch (IOException e) {
            throw new IOException(
                    "%s: %s cannot be written (%s); name another file, or make its folder writable"
                            .formatted(option, file.get(), e.getClass().getSimpleName()),
                    e);
        }
    }

    /**
     * Writes the reports that go to files; each whole or not at all, and one although the other
     * fails.
     *
     * @throws IOException if one cannot be written
     */
    public void write(CheckReport report, int exitCode) throws IOException {
        IOException failed = null;
        if (junit.isPresent()) {
            try {
                write(junit.get(), JUnitReport.of(report));
            } catch (IOException e) {
                failed = e;
            }
        }
        if (jsonFile().isPresent()) {
            write(jsonFile().get(), JsonReport.of(report, exitCode));
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path target = file.toAbsolutePath();
        Files.writeString(half(target), text, StandardCharsets.UTF_8);
        Files.move(half(target), target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path half(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }
}
