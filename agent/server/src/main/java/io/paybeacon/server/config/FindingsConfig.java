package io.paybeacon.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the findings are kept for people and tools to ask.
 *
 * @param agent whose findings they are: the name of this agent among those that share a database
 * @param server the database server; empty for a file in the data directory
 * @param connectionsMax how many connections are open at once
 * @param connectTimeout how long a question waits for a connection
 * @param statementTimeout how long one statement may take
 */
public record FindingsConfig(
        String agent,
        Optional<Server> server,
        int connectionsMax,
        Duration connectTimeout,
        Duration statementTimeout) {
    /** The name of an agent that shares its database with no other. */
    public static final String ALONE = "agent";

    /** A file in the data directory. */
    public static final FindingsConfig DEFAULT =
            new FindingsConfig(
                    ALONE, Optional.empty(), 4, Duration.ofSeconds(5), Duration.ofSeconds(10));

    /**
     * A PostgreSQL server.
     *
     * @param host a name or an address; an IPv6 address without brackets
     * @param tls whether the server has to prove its name over TLS; else it is not used
     * @param trust certificates in PEM that are trusted instead of those the JDK trusts
     */
    public record Server(
            String host,
            int port,
            String database,
            Login login,
            boolean tls,
            Optional<Path> trust) {
        /** Where it is, for people; shows no secret. */
        public String address() {
            return "postgresql://"
                    + (host.contains(":") ? "[" + host + "]" : host)
                    + ":"
                    + port
                    + "/"
                    + database;
        }
    }
}
