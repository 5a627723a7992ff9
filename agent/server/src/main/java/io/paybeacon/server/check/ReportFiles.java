package io.paybeacon.server.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    /**
     * Removes what an earlier check wrote, and finds out whether the files can be written.
     *
     * @throws IOException if one cannot be written
     */
    public void prepare() throws IOException {
        prepare(junit);
        if (!jsonToStandardOutput()) {
            prepare(json);
        }
    }

    private static void prepare(Optional<Path> file) throws IOException {
        if (file.isPresent()) {
            Path path = file.get().toAbsolutePath();
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (Files.isDirectory(path)) {
                throw new IOException(path + " is a directory; name a file");
            }
            Files.deleteIfExists(path);
            Files.delete(Files.createFile(path));
        }
    }

    /**
     * Writes the reports that go to files.
     *
     * @throws IOException if one cannot be written
     */
    public void write(CheckReport report, int exitCode) throws IOException {
        if (junit.isPresent()) {
            write(junit.get(), JUnitReport.of(report));
        }
        if (json.isPresent() && !jsonToStandardOutput()) {
            write(json.get(), JsonReport.of(report, exitCode));
        }
    }

    /** Whole or not at all: a reader never sees half a report. */
    private static void write(Path file, String text) throws IOException {
        Path target = file.toAbsolutePath();
        Path half = target.resolveSibling(target.getFileName() + ".part");
        Files.writeString(half, text, StandardCharsets.UTF_8);
        Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
