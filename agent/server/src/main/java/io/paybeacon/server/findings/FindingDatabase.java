package io.paybeacon.server.findings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;

/** The H2 file of the findings store: opened, brought to the schema of this build, closed. */
final class FindingDatabase implements AutoCloseable {
    private static final String NAME = "findings";

    private final JdbcConnectionPool connections;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FindingDatabase(JdbcConnectionPool connections) {
        this.connections = connections;
    }

    /** Opens the file in the directory, or makes it. */
    static FindingDatabase open(Path directory) {
        Path file = directory.toAbsolutePath().normalize().resolve(NAME);
        JdbcConnectionPool connections = JdbcConnectionPool.create(url(file), "", "");
        connections.setMaxConnections(Limits.CONNECTIONS_MAX);
        connections.setLoginTimeout(Limits.CONNECTION_WAIT_SECONDS);
        FindingDatabase database = new FindingDatabase(connections);
        try {
            Files.createDirectories(directory);
            connect(connections, file);
            migrate(connections, file);
        } catch (IOException e) {
            connections.dispose();
            throw new FindingStoreException(
                    "The directory " + directory + " cannot be made: " + e.getMessage(), e);
        } catch (FindingStoreException e) {
            database.close();
            throw e;
        }
        return database;
    }

    JdbcConnectionPool connections() {
        return connections;
    }

    // Without WRITE_DELAY=0, H2 confirms commits before they are on disk (h2database.com,
    // "Durability Problems"). The shutdown hook of H2 would race with the agent's own order.
    private static String url(Path file) {
        if (file.toString().indexOf(';') >= 0) {
            throw new FindingStoreException(
                    "The data directory "
                            + file.getParent()
                            + " has a semicolon in its name, which the database takes for an"
                            + " option. Choose another data directory.",
                    null);
        }
        return "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE";
    }

    private static void connect(JdbcConnectionPool connections, Path file) {
        try (Connection connection = connections.getConnection()) {
            connection.getMetaData();
        } catch (SQLException e) {
            throw new FindingStoreException(explain(file, e), e);
        }
    }

    private static String explain(Path file, SQLException e) {
        return switch (e.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                    "The findings store "
                            + file
                            + ".mv.db is open in another process. Stop the other agent, or give"
                            + " this one a data directory of its own.";
            case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1 ->
                    "The findings store "
                            + file
                            + ".mv.db is damaged, or not a database. Restore it from a backup, or"
                            + " move it away: the agent then starts with an empty one and lists"
                            + " what it finds from then on. Payments and metrics do not depend on"
                            + " it.";
            default -> "The findings store " + file + ".mv.db cannot be opened: " + e.getMessage();
        };
    }

    private static void migrate(JdbcConnectionPool connections, Path file) {
        try {
            Flyway.configure(FindingDatabase.class.getClassLoader())
                    .dataSource(connections)
                    .locations("classpath:io/paybeacon/server/findings")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new FindingStoreException(
                    "The findings store "
                            + file
                            + ".mv.db cannot be brought to the schema of this build, perhaps"
                            + " because a later one wrote it: "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * Closes the file in order; what was committed is on disk whether this succeeds or not. Closing
     * twice is allowed.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try (Connection connection = connections.getConnection();
                Statement shutdown = connection.createStatement()) {
            shutdown.execute("SHUTDOWN");
        } catch (SQLException e) {
            // The file was never opened, or failed for good: there is nothing left to close.
        } finally {
            connections.dispose();
        }
    }
}
