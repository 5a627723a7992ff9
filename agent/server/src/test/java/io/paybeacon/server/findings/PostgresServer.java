package io.paybeacon.server.findings;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.paybeacon.probe.secret.Secret;
import io.paybeacon.server.config.FindingsConfig;
import io.paybeacon.server.config.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of Debian's package on loopback, with a data directory of its own. It ends
 * with the process that started it, however that ends.
 */
public final class PostgresServer {
    private static final Path PACKAGE = Path.of("/usr/lib/postgresql");
    static final String USER = "paybeacon";
    static final String PASSWORD = "a-password-of-nobody";
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Ends the server when the standard input ends. */
    private static final String GUARDED =
            "\"$@\" </dev/null & pid=$!; cat >/dev/null; kill -INT $pid; wait $pid";

    private final Path bin;
    private final Path home;
    private final int port;
    private Process process;

    private PostgresServer(Path bin, Path home, int port) {
        this.bin = bin;
        this.home = home;
        this.port = port;
    }

    /** Starts a server. Without the package the test fails on CI, and is skipped elsewhere. */
    public static PostgresServer start() throws IOException, InterruptedException {
        Optional<Path> bin = binaries();
        if (bin.isEmpty()) {
            String remedy =
                    "PostgreSQL is missing below %s: install the Debian package postgresql"
                            .formatted(PACKAGE);
            if ("true".equals(System.getenv("CI"))) {
                fail(remedy);
            }
            assumeTrue(false, remedy);
        }
        Path home = Files.createTempDirectory("paybeacon-postgres");
        PostgresServer server = new PostgresServer(bin.orElseThrow(), home, freePort());
        server.initialise();
        server.startServer();
        return server;
    }

    private static Optional<Path> binaries() throws IOException {
        if (!Files.isDirectory(PACKAGE)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PACKAGE)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void initialise() throws IOException, InterruptedException {
        Path password = Files.writeString(home.resolve("password"), PASSWORD);
        if (isRoot()) {
            finish(new ProcessBuilder("chown", "-R", "postgres", home.toString()));
        }
        finish(
                command(
                        bin.resolve("initdb").toString(),
                        "--pgdata=" + data(),
                        "--username=" + USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--no-sync"));
    }

    /** Starts it again after {@link #stopServer}. */
    public void startServer() throws IOException {
        process =
                command(
                                "sh",
                                "-c",
                                GUARDED,
                                "sh",
                                bin.resolve("postgres").toString(),
                                "-D",
                                data(),
                                "-p",
                                Integer.toString(port),
                                "-k",
                                home.toString(),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "fsync=off")
                        .redirectOutput(home.resolve("log").toFile())
                        .start();
        await().atMost(WAIT)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> {
                    try (Connection connection = connect("postgres")) {
                        return connection.isValid(5);
                    }
                });
    }

    /** Stops it and ends every connection. */
    public void stopServer() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
    }

    // PostgreSQL refuses to run as root.
    private ProcessBuilder command(String... words) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(
                    List.of(
                            "setpriv",
                            "--reuid=postgres",
                            "--regid=postgres",
                            "--clear-groups",
                            "--"));
        }
        all.addAll(Arrays.asList(words));
        return new ProcessBuilder(all).directory(home.toFile()).redirectErrorStream(true);
    }

    private void finish(ProcessBuilder builder) throws IOException, InterruptedException {
        Process ended = builder.redirectErrorStream(true).start();
        String said = new String(ended.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (ended.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private String data() {
        return home.resolve("data").toString();
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), USER, PASSWORD);
    }

    /** A new database. */
    public String database() throws SQLException {
        String name = "findings_" + DATABASES.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name);
        return name;
    }

    /** Runs a statement. */
    void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public int port() {
        return port;
    }

    /** How an agent reaches a database. */
    FindingsConfig config(String agent, String database) {
        return config(agent, database, PASSWORD);
    }

    /** How an agent with a password of its own tries to. */
    FindingsConfig config(String agent, String database, String password) {
        return new FindingsConfig(
                agent,
                Optional.of(
                        new FindingsConfig.Server(
                                "127.0.0.1",
                                port,
                                database,
                                new Login(Secret.of(USER), Secret.of(password)),
                                false,
                                Optional.empty())),
                4,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }

    /** The same as keys of a configuration file; {@code password} is a file beside it. */
    public String yaml(String agent, String database, Path directory) throws IOException {
        Files.writeString(directory.resolve("findings-user"), USER);
        Files.writeString(directory.resolve("findings-password"), PASSWORD);
        return """
        findings:
          url: postgresql://127.0.0.1:%d/%s
          agent: %s
          user: ${file:findings-user}
          password: ${file:findings-password}
          connectTimeout: 2s
        """
                .formatted(port, database, agent);
    }

    /** Stops it for good. */
    public void close() throws IOException, InterruptedException {
        stopServer();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
