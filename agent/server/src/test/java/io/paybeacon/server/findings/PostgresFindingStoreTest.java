package io.paybeacon.server.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in PostgreSQL. */
class PostgresFindingStoreTest extends HandlingContract {
    private static final Duration WAIT = Duration.ofSeconds(30);

    private static PostgresServer server;

    @TempDir private Path directory;
    private final Map<String, String> databases = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    FindingStore open(String agent, String where) {
        return open(agent, where, directory.resolve(agent).resolve(where));
    }

    private FindingStore open(String agent, String where, Path home) {
        return FindingStore.open(
                server.config(agent, database(where)), home, metrics(), System::nanoTime);
    }

    private String database(String where) {
        return databases.computeIfAbsent(
                where,
                _ -> {
                    try {
                        return server.database();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    @Override
    FindingStore openWithOtherData() {
        return open(AGENT, "store", directory.resolve("another-home"));
    }

    @Override
    FindingStore openToRebuildWithOtherData() {
        return FindingStore.openToRebuild(
                server.config(AGENT, database("store")),
                directory.resolve("another-home"),
                metrics(),
                System::nanoTime);
    }

    @Override
    void writeFirstSchema(String where, String sql) throws SQLException {
        Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://127.0.0.1:%d/%s"
                                .formatted(server.port(), database(where)),
                        PostgresServer.USER,
                        PostgresServer.PASSWORD)
                .locations("classpath:io/paybeacon/server/findings")
                .target("1")
                .load()
                .migrate();
        server.execute(database(where), sql);
    }

    @Test
    void agentsThatShareADatabase_doNotClash() {
        store.deliver(List.of(opened(1, "a", null), opened(2, "b", null)));
        try (FindingStore other = open("eu-2", "store")) {
            other.deliver(List.of(opened(1, "a", null)));
            other.deliver(List.of(resolved(2, "a", io.paybeacon.core.output.Resolution.RESOLVED)));

            assertThat(store.find(AGENT, "a").orElseThrow().state()).isEqualTo(FindingState.OPEN);
            assertThat(store.find("eu-2", "a").orElseThrow().state())
                    .isEqualTo(FindingState.RESOLVED);
            assertThat(everything())
                    .extracting(finding -> finding.agent() + " " + finding.id())
                    .containsExactly("eu-2 a", "eu-1 b", "eu-1 a");
            assertThat(other.openAbout("subject of a")).isEmpty();
            assertThat(other.counts()).hasSize(1);
        }
    }

    @Test
    void agentsThatStartTogether_makeTheTablesOnce() throws Exception {
        List<Future<FindingStore>> opening = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < 6; i++) {
                String agent = "agent-" + i;
                opening.add(threads.submit(() -> open(agent, "fresh")));
            }
            for (Future<FindingStore> one : opening) {
                one.get().close();
            }
        }
        try (FindingStore last = open("agent-7", "fresh")) {
            assertThat(last.list(FindingQuery.first(1)).findings()).isEmpty();
        }
    }

    @Test
    void serverThatGoesAndComes_isFoundAgain() throws Exception {
        store.deliver(List.of(opened(1, "a", null)));

        server.stopServer();
        try {
            assertThatThrownBy(() -> store.deliver(List.of(opened(2, "b", null))))
                    .isInstanceOf(FindingStoreException.class)
                    .hasMessageContaining("postgresql://127.0.0.1");
            assertThat(store.failure()).isPresent();
        } finally {
            server.startServer();
        }

        await().atMost(WAIT)
                .ignoreException(FindingStoreException.class)
                .until(() -> {
                    store.deliver(List.of(opened(2, "b", null)));
                    return true;
                });
        assertThat(store.failure()).isEmpty();
        assertThat(states()).containsExactly("a open", "b open");
    }

    @Test
    void serverThatIsDownAtTheStart_isFoundLater() throws Exception {
        database("later");
        server.stopServer();
        FindingStore early;
        try {
            early = open(AGENT, "later");
            assertThat(early.failure()).isPresent();
        } finally {
            server.startServer();
        }

        try (early) {
            await().atMost(WAIT)
                    .ignoreException(FindingStoreException.class)
                    .until(() -> early.list(FindingQuery.first(1)).findings().isEmpty());
            early.deliver(List.of(opened(1, "a", null)));
            assertThat(early.find(AGENT, "a")).isPresent();
        }
    }

    @Test
    void questions_failAtOnce_whileTheServerIsDown() throws Exception {
        server.stopServer();
        try {
            assertThatThrownBy(store::counts).isInstanceOf(FindingStoreException.class);
            assertThatThrownBy(store::counts)
                    .isInstanceOf(FindingStoreException.class)
                    .hasMessageContaining("failed a moment ago");
        } finally {
            server.startServer();
        }
    }

    @Test
    void wrongPassword_isNoReasonToWait() {
        assertThatThrownBy(() ->
                        FindingStore.open(
                                server.config(AGENT, database("store"), "not-that-one"),
                                directory,
                                metrics(),
                                System::nanoTime))
                .isInstanceOf(FindingStoreException.class)
                .hasMessageContaining("findings.password")
                .hasMessageNotContaining("not-that-one");
    }

    @Test
    void databaseThatIsNotThere_isNamed() {
        assertThatThrownBy(() ->
                        FindingStore.open(
                                server.config(AGENT, "nowhere"),
                                directory,
                                metrics(),
                                System::nanoTime))
                .isInstanceOf(FindingStoreException.class)
                .hasMessageContaining("/nowhere")
                .hasMessageContaining("Create the database");
    }
}
