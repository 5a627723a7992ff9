package io.paybeacon.server.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where reports go. */
class ReportFilesTest {
    @TempDir Path directory;

    @Test
    @DisplayName("a report of an earlier check is gone before this one begins")
    void prepare_removes() throws Exception {
        Path old = Files.writeString(directory.resolve("junit.xml"), "<testsuites/>");

        new ReportFiles(Optional.of(old), Optional.empty())
                .prepare(directory.resolve("agent.yaml"));

        assertThat(old).doesNotExist();
    }

    @Test
    @DisplayName("a folder that is not there is made; a folder in the file's place is refused")
    void prepare_folders() throws Exception {
        Path nested = directory.resolve("a/b/report.json");
        new ReportFiles(Optional.empty(), Optional.of(nested))
                .prepare(directory.resolve("agent.yaml"));
        assertThat(nested.getParent()).isDirectory();

        assertThatThrownBy(() ->
                        new ReportFiles(Optional.of(directory), Optional.empty())
                                .prepare(directory.resolve("agent.yaml")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a directory");
    }
}
