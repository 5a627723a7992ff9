package io.paybeacon.server.findings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A database of H2 in a file.
 *
 * @param path without the ending that H2 adds
 */
record H2File(Path path) {
    private static final String NAME = "findings";

    /** The file in a directory. */
    static H2File in(Path directory) {
        return new H2File(directory.toAbsolutePath().normalize().resolve(NAME));
    }

    /** Its full name. */
    String called() {
        return path + ".mv.db";
    }

    /** Opens the file, or makes it; it stays open until it is shut down. */
    void open() {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new FindingStoreException(
                    "The directory of " + called() + " cannot be made: " + e.getMessage(), e);
        }
        try (Connection connection = source().getConnection()) {
            connection.getMetaData();
        } catch (SQLException e) {
            throw new FindingStoreException(explain(e), e);
        }
    }

    // Without WRITE_DELAY=0, H2 confirms commits before they are on disk (h2database.com,
    // "Durability Problems"). The shutdown hook of H2 would race with the agent's own order.
    DataSource source() {
        if (path.toString().indexOf(';') >= 0) {
            throw new FindingStoreException(
                    "The data directory "
                            + path.getParent()
                            + " has a semicolon in its name, which the database takes for an"
                            + " option. Choose another data directory.",
                    null);
        }
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(
                "jdbc:h2:file:" + path + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE");
        return source;
    }

    /** What to do about an error. */
    String explain(SQLException e) {
        return switch (e.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                    "The findings store "
                            + called()
                            + " is open in another process. Stop the other agent, or give this one"
                            + " a data directory of its own.";
            case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1 ->
                    "The findings store "
                            + called()
                            + " is damaged, or not a database. Move it away and start the agent:"
                            + " paybeacon findings rebuild then writes it anew from the engine."
                            + " Payments and metrics do not depend on it.";
            default -> "The findings store " + called() + " cannot be opened: " + e.getMessage();
        };
    }
}
