package io.paybeacon.server.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.server.config.FindingsConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in a file of H2. */
class H2FindingStoreTest extends HandlingContract {
    @TempDir private Path directory;

    static FindingsConfig config(String agent) {
        FindingsConfig standard = FindingsConfig.DEFAULT;
        return new FindingsConfig(
                agent,
                Optional.empty(),
                standard.connectionsMax(),
                standard.connectTimeout(),
                standard.statementTimeout());
    }

    static FindingStore openIn(Path directory, String agent) {
        return FindingStore.open(config(agent), directory, metrics(), System::nanoTime);
    }

    @Override
    FindingStore open(String agent, String where) {
        return openIn(directory.resolve(where), agent);
    }

    @Override
    FindingStore openWithOtherData() {
        return withOtherData(this::reopened);
    }

    @Override
    FindingStore openToRebuildWithOtherData() {
        return withOtherData(() ->
                FindingStore.openToRebuild(
                        config(AGENT), directory.resolve("store"), metrics(), System::nanoTime));
    }

    private FindingStore withOtherData(Supplier<FindingStore> opening) {
        Path identity = directory.resolve("store").resolve("identity");
        try {
            Path aside = Files.move(identity, directory.resolve("aside"));
            try {
                return opening.get();
            } finally {
                Files.delete(identity);
                Files.move(aside, identity);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void writeFirstSchema(String where, String sql) throws SQLException {
        String url = "jdbc:h2:file:" + directory.resolve(where).resolve("findings");
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("classpath:io/paybeacon/server/findings")
                .target("1")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void open_saysWhoHasIt_whenAnotherProcessHasIt() throws Exception {
        store.close();
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                StoreHolder.class.getName(),
                                directory.resolve("store").toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo(StoreHolder.HELD);

            assertThatThrownBy(this::reopened)
                    .isInstanceOf(FindingStoreException.class)
                    .hasMessageContaining("findings.mv.db is open in another process")
                    .hasMessageContaining("data directory of its own");
        } finally {
            other.destroyForcibly().waitFor();
        }
        // It was killed, not closed: what was committed is there all the same.
        store = reopened();
        assertThat(states()).containsExactly("held open");
    }

    @Test
    void open_saysWhatToDo_whenTheFileIsDamaged() throws IOException {
        store.close();
        Files.writeString(
                directory.resolve("store").resolve("findings.mv.db"), "no database ".repeat(1_000));

        assertThatThrownBy(this::reopened)
                .isInstanceOf(FindingStoreException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("Move it away")
                .hasMessageContaining("findings rebuild");
    }

    @Test
    void open_refusesADirectoryThatWouldSetOptions() {
        assertThatThrownBy(() -> open(AGENT, "a;MODE=Oracle"))
                .isInstanceOf(FindingStoreException.class)
                .hasMessageContaining("semicolon");
    }

    @Test
    void firstSchema_isTheOneThatWasShipped() throws IOException {
        try (InputStream in = FindingStore.class.getResourceAsStream("V1__findings.sql")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .as("a migration that ran somewhere must never change")
                    .contains("CREATE TABLE finding (")
                    .doesNotContain("agent");
        }
    }
}
