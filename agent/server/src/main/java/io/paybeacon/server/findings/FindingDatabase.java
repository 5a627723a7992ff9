package io.paybeacon.server.findings;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.paybeacon.server.config.FindingsConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The database of the findings store: connections to it, brought to the schema of this build before
 * the first is handed out. Safe for use by many threads.
 *
 * <p>A server that cannot be reached when the agent starts is looked for again with each question.
 * After a failure, questions fail at once for a moment instead of waiting one after the other.
 */
final class FindingDatabase implements AutoCloseable {
    private final String called;
    private final String agent;
    private final HikariDataSource connections;
    private final boolean file;
    private final LongSupplier nanoClock;
    private final Object preparing = new Object();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean migrated;
    private volatile boolean failed;
    private volatile long failedAtNanos;

    private FindingDatabase(
            String called,
            FindingsConfig config,
            DataSource source,
            boolean file,
            LongSupplier nanoClock) {
        this.called = called;
        this.agent = config.agent();
        this.file = file;
        this.nanoClock = nanoClock;
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("paybeacon-findings");
        pool.setDataSource(source);
        pool.setMaximumPoolSize(config.connectionsMax());
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(config.connectTimeout().toMillis());
        pool.setValidationTimeout(config.connectTimeout().toMillis());
        // The first connection is asked for by prepare, which tells what is wrong with it.
        pool.setInitializationFailTimeout(-1);
        this.connections = new HikariDataSource(pool);
    }

    /**
     * Opens the database.
     *
     * @param directory of a database in a file
     * @throws FindingStoreException if it cannot be used, and waiting would not help
     */
    static FindingDatabase open(FindingsConfig config, Path directory, LongSupplier nanoClock) {
        return config.server()
                .map(server -> openServer(config, server, nanoClock))
                .orElseGet(() -> openFile(config, directory, nanoClock));
    }

    private static FindingDatabase openFile(
            FindingsConfig config, Path directory, LongSupplier nanoClock) {
        H2File h2 = H2File.in(directory);
        h2.open();
        FindingDatabase database =
                new FindingDatabase(h2.called(), config, h2.source(), true, nanoClock);
        try {
            database.prepare();
        } catch (SQLException e) {
            database.close();
            throw new FindingStoreException(h2.explain(e), e);
        } catch (FindingStoreException e) {
            database.close();
            throw e;
        }
        return database;
    }

    private static FindingDatabase openServer(
            FindingsConfig config, FindingsConfig.Server server, LongSupplier nanoClock) {
        FindingDatabase database =
                new FindingDatabase(
                        server.address(),
                        config,
                        PostgresSource.of(server, config),
                        false,
                        nanoClock);
        try {
            database.prepare();
        } catch (SQLException e) {
            if (!PostgresSource.mayPass(e)) {
                database.close();
                throw new FindingStoreException(PostgresSource.explain(server, e), e);
            }
            // It is looked for again with each question.
        } catch (FindingStoreException e) {
            database.close();
            throw e;
        }
        return database;
    }

    /** What it is, for people. */
    String called() {
        return called;
    }

    DataSource connections() {
        return connections;
    }

    /**
     * Makes sure that the schema is that of this build.
     *
     * @throws SQLException if there is no connection
     * @throws FindingStoreException if the schema is of a later build, or a failure is too recent
     */
    void prepare() throws SQLException {
        long sinceFailureNanos = nanoClock.getAsLong() - failedAtNanos;
        if (failed && sinceFailureNanos < Limits.AFTER_FAILURE.toNanos()) {
            throw new FindingStoreException(
                    "The findings store " + called + " failed a moment ago.", null);
        }
        if (migrated) {
            return;
        }
        synchronized (preparing) {
            if (!migrated) {
                try (Connection connection = connections.getConnection()) {
                    connection.getMetaData();
                } catch (SQLException e) {
                    failed();
                    throw e;
                }
                migrate();
                migrated = true;
            }
        }
    }

    /** The schema is looked at again before the next question. */
    void prepareAgain() {
        migrated = false;
    }

    private void migrate() {
        try {
            Flyway.configure(FindingDatabase.class.getClassLoader())
                    .dataSource(connections)
                    .locations("classpath:io/paybeacon/server/findings")
                    // Rows from before there were several agents are this one's.
                    .placeholders(Map.of("agent", agent))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new FindingStoreException(
                    "The findings store "
                            + called
                            + " cannot be brought to the schema of this build, perhaps because a"
                            + " later one wrote it: "
                            + e.getMessage(),
                    e);
        }
    }

    /** A question to it failed for want of a connection. */
    void failed() {
        failedAtNanos = nanoClock.getAsLong();
        failed = true;
    }

    /** A question to it was answered. */
    void answered() {
        failed = false;
    }

    /**
     * Closes it in order; what was committed is on disk whether this succeeds or not. Closing twice
     * is allowed.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        if (file) {
            try (Connection connection = connections.getConnection();
                    Statement shutdown = connection.createStatement()) {
                shutdown.execute("SHUTDOWN");
            } catch (SQLException e) {
                // The file was never opened, or failed for good: there is nothing left to close.
            }
        }
        connections.close();
    }
}
