package io.paybeacon.server.findings;

import io.paybeacon.server.config.FindingsConfig;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** Connections to a PostgreSQL server, and what its errors mean. */
final class PostgresSource {
    private PostgresSource() {}

    /** Connections as configured. */
    static DataSource of(FindingsConfig.Server server, FindingsConfig config) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {server.host()});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName(server.database());
        source.setUser(server.login().user().reveal());
        source.setPassword(server.login().password().reveal());
        source.setApplicationName("paybeacon " + config.agent());
        int connectSeconds = (int) config.connectTimeout().toSeconds();
        source.setConnectTimeout(connectSeconds);
        source.setLoginTimeout(connectSeconds);
        source.setCancelSignalTimeout(connectSeconds);
        // Above the time that a statement may take, so that the server's own end of it is heard.
        source.setSocketTimeout((int) config.statementTimeout().toSeconds() + connectSeconds);
        source.setTcpKeepAlive(true);
        if (server.tls()) {
            source.setSsl(true);
            source.setSslMode("verify-full");
            server.trust()
                    .ifPresentOrElse(
                            file -> source.setSslRootCert(file.toString()),
                            () -> source.setSslfactory(DefaultJavaSSLFactory.class.getName()));
        } else {
            source.setSslMode("disable");
        }
        return source;
    }

    /**
     * Whether the same may succeed later, without anybody changing the configuration: no connection
     * (class 08), the server starts or stops (57P01 to 57P03), or has no room (class 53).
     */
    static boolean mayPass(SQLException e) {
        String state = state(e);
        return state != null
                && (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53"));
    }

    /** What to do about an error that does not pass. */
    static String explain(FindingsConfig.Server server, SQLException e) {
        String state = String.valueOf(state(e));
        String remedy =
                switch (state) {
                    case "28000", "28P01" ->
                            "Check findings.user and findings.password, and what pg_hba.conf lets"
                                    + " in.";
                    case "3D000" -> "Create the database, or name another under findings.url.";
                    default -> "Check the keys under findings.";
                };
        return "The findings store "
                + server.address()
                + " refuses this agent (SQL state "
                + state
                + "). "
                + remedy;
    }

    /** The pool wraps what the server said. */
    private static @Nullable String state(SQLException e) {
        String state = e.getSQLState();
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException inner && inner.getSQLState() != null) {
                state = inner.getSQLState();
            }
        }
        return state;
    }
}
