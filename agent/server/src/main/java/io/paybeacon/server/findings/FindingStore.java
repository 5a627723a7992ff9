package io.paybeacon.server.findings;

import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.server.config.FindingsConfig;
import io.paybeacon.telemetry.ProcessMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * The findings in SQL: a projection of what one engine delivers, which the engine's states do not
 * depend on. Safe for use by many threads; every method blocks on the database, so none may be
 * called on an event loop.
 *
 * <p>Each finding remembers the position of the delivery that said the latest about it. A delivery
 * that comes again, alone or among others, is at or below that position and changes nothing. The
 * rows of an agent therefore belong to one engine's data, whose id stands beside them.
 */
public final class FindingStore implements OutputSink, AutoCloseable {
    private final FindingDatabase database;
    private final String agent;
    private final String dataId;
    private final Jdbi jdbi;
    private final ProcessMetrics process;

    /** Held while rows are written, so that no delivery comes between a rebuild's pages. */
    private final ReentrantLock writing = new ReentrantLock();

    private volatile boolean ours;
    private volatile @Nullable String failure;

    private FindingStore(
            FindingDatabase database,
            String agent,
            String dataId,
            Duration statementTimeout,
            ProcessMetrics process) {
        this.database = database;
        this.agent = agent;
        this.dataId = dataId;
        this.jdbi = Jdbi.create(database.connections());
        this.jdbi.configure(
                SqlStatements.class,
                statements -> statements.setQueryTimeout((int) statementTimeout.toSeconds()));
        this.process = process;
    }

    /**
     * Opens the store, or makes it. A database server that cannot be reached now is looked for
     * again with each question.
     *
     * @param directory where its file lies, and the id of the data beside it
     * @param process counts failed reads and writes
     * @param nanoClock a monotonic clock, such as {@link System#nanoTime}
     * @throws FindingStoreException if it is damaged, in use, of a later build, refuses this agent,
     *     or holds the findings of other data
     */
    public static FindingStore open(
            FindingsConfig config, Path directory, ProcessMetrics process, LongSupplier nanoClock) {
        FindingStore store = openToRebuild(config, directory, process, nanoClock);
        try {
            store.look();
            return store;
        } catch (FindingStoreException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Opens the store to be rebuilt: it may hold the findings of other data, and answers no
     * question until then if it does. For the rest like {@link #open}.
     *
     * @throws FindingStoreException if it is damaged, in use, of a later build, or refuses this
     *     agent
     */
    public static FindingStore openToRebuild(
            FindingsConfig config, Path directory, ProcessMetrics process, LongSupplier nanoClock) {
        FindingDatabase database = FindingDatabase.open(config, directory, nanoClock);
        try {
            return new FindingStore(
                    database,
                    config.agent(),
                    DataIdentity.of(directory),
                    config.statementTimeout(),
                    process);
        } catch (FindingStoreException e) {
            database.close();
            throw e;
        }
    }

    /** Asks whose the rows are. That nobody answers is no reason not to start. */
    private void look() {
        try {
            ask(_ -> 0);
        } catch (FindingStoreException e) {
            if (e.getCause() instanceof ForeignDataException) {
                throw e;
            }
            // Else it is in failure(), and the next question may be answered.
        }
    }

    /** The rows of this agent follow from other data. */
    private static final class ForeignDataException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ForeignDataException(String message) {
            super(message);
        }
    }

    /** The name of the agent whose findings it takes. */
    public String agent() {
        return agent;
    }

    /** Why it cannot be read or written at the moment, for people; empty while it can. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Takes the batch whole or not at all; when this returns it is on disk.
     *
     * @throws FindingStoreException if it cannot be written; the engine delivers it again
     */
    @Override
    public void deliver(List<Delivery> batch) {
        writing.lock();
        try {
            ask(handle ->
                    handle.inTransaction(transaction -> {
                        FindingWriter writer = new FindingWriter(transaction, agent);
                        batch.forEach(writer::take);
                        return batch.size();
                    }));
        } finally {
            writing.unlock();
        }
    }

    /** The records of all findings, page by page. */
    @FunctionalInterface
    public interface Records {
        /**
         * A page.
         *
         * @param after where it begins: behind this id; empty for the first
         * @param recordsMax how many it has at most; fewer only when no more follow
         * @throws IOException if they cannot be read
         */
        SequencedMap<String, FindingRecord> page(String after, int recordsMax) throws IOException;
    }

    /**
     * Writes all rows of this agent anew, whole or not at all, from what the engine has on record.
     * Deliveries wait meanwhile; the rows may be those of other data before.
     *
     * @return how many findings there are
     * @throws FindingStoreException if the records cannot be read, or the rows not be written
     */
    public long rebuild(Records records) {
        writing.lock();
        try {
            ours = true;
            database.prepareAgain();
            return ask(
                    handle -> handle.inTransaction(transaction -> rebuild(transaction, records)));
        } catch (FindingStoreException e) {
            ours = false;
            throw e;
        } finally {
            writing.unlock();
        }
    }

    private long rebuild(Handle transaction, Records records) {
        FindingWriter writer = new FindingWriter(transaction, agent);
        // The records know all that was delivered, and maybe more, which is delivered then.
        long position = dataId.equals(dataOfAgent(transaction)) ? writer.position() : 0;
        writer.clear(dataId);
        long written = 0;
        String after = "";
        while (true) {
            SequencedMap<String, FindingRecord> page;
            try {
                page = records.page(after, Limits.REBUILD_PAGE_ITEMS);
            } catch (IOException e) {
                throw new FindingStoreException(
                        "The findings cannot be read from the engine: " + e.getMessage(), e);
            }
            page.forEach((id, known) -> writer.write(id, known, position));
            written += page.values().stream().filter(known -> known.found() != null).count();
            if (page.size() < Limits.REBUILD_PAGE_ITEMS) {
                return written;
            }
            after = page.lastEntry().getKey();
        }
    }

    /**
     * The finding of this id.
     *
     * @param of the agent whose finding it is
     */
    public Optional<StoredFinding> find(String of, String id) {
        return ask(handle ->
                handle.createQuery(FindingSql.ONE)
                        .bind("agent", of)
                        .bind("id", id)
                        .map(FindingSql::read)
                        .findOne());
    }

    /**
     * The findings of this agent about a subject that somebody need look at, the latest first, at
     * most a hundred.
     *
     * @param subject such as the key of a payment
     */
    public List<StoredFinding> openAbout(String subject) {
        return ask(handle ->
                handle.createQuery(FindingSql.OPEN_ABOUT)
                        .bind("agent", agent)
                        .bind("subject", subject)
                        .bind("limit", Limits.OPEN_ITEMS_MAX)
                        .map(FindingSql::read)
                        .list());
    }

    /** The audit trail of a finding: what people did to it, in order. */
    public List<StoredAct> acts(String of, String id) {
        return ask(handle ->
                handle.createQuery(FindingSql.ACTS)
                        .bind("agent", of)
                        .bind("id", id)
                        .map(FindingSql::readAct)
                        .list());
    }

    /** A page of findings. */
    public FindingPage list(FindingQuery query) {
        return ask(handle -> page(handle, query));
    }

    private static FindingPage page(Handle handle, FindingQuery query) {
        StringBuilder sql = new StringBuilder(FindingSql.SELECT).append(" WHERE 1 = 1");
        Map<String, Object> values = FindingSql.conditions(query, sql);
        // One more than asked for tells whether there is a next page.
        Query select =
                handle.createQuery(sql.append(FindingSql.LATEST_FIRST).toString())
                        .bindMap(values)
                        .bind("limit", query.limit() + 1);
        List<StoredFinding> found = select.map(FindingSql::read).list();
        if (found.size() <= query.limit()) {
            return new FindingPage(found, null);
        }
        StoredFinding last = found.get(query.limit() - 1);
        return new FindingPage(
                found.subList(0, query.limit()),
                new PagePosition(last.openedAt(), last.agent(), last.id()));
    }

    /**
     * How many findings this agent has, by gateway, kind and state; those without any are absent.
     */
    public List<FindingCount> counts() {
        return ask(handle ->
                handle.createQuery(FindingSql.COUNTS)
                        .bind("agent", agent)
                        .map((row, _) ->
                                new FindingCount(
                                        row.getString("gateway"),
                                        row.getString("kind"),
                                        FindingSql.state(row.getString("state")),
                                        row.getLong("findings")))
                        .list());
    }

    private <T> T ask(Function<Handle, T> question) {
        try {
            database.prepare();
            try (Handle handle = jdbi.open()) {
                checkOurs(handle);
                T answer = question.apply(handle);
                database.answered();
                failure = null;
                process.findingsStoreUp(true);
                return answer;
            }
        } catch (JdbiException | SQLException e) {
            if (e.getCause() instanceof SQLException sql && PostgresSource.mayPass(sql)) {
                database.failed();
            }
            throw failed(
                    "The findings store "
                            + database.called()
                            + " could not be read or written: "
                            + reason(e),
                    e);
        } catch (ForeignDataException e) {
            throw failed(String.valueOf(e.getMessage()), e);
        } catch (FindingStoreException e) {
            failure = e.getMessage();
            process.findingsStoreUp(false);
            throw e;
        }
    }

    private FindingStoreException failed(String why, Exception e) {
        failure = why;
        process.findingsStoreUp(false);
        process.findingsStoreFailed();
        return new FindingStoreException(why, e);
    }

    private void checkOurs(Handle handle) {
        if (ours) {
            return;
        }
        String theirs = dataOfAgent(handle);
        if (theirs == null) {
            handle.createUpdate(FindingSql.TAKE_AGENT)
                    .bind("agent", agent)
                    .bind("data", dataId)
                    .execute();
        } else if (!theirs.equals(dataId)) {
            throw new ForeignDataException(
                    "The findings store "
                            + database.called()
                            + " holds findings of an agent \""
                            + agent
                            + "\" with other data. If another agent has that name, choose another"
                            + " under findings.agent; if this one lost or changed its data, run"
                            + " paybeacon findings rebuild.");
        }
        ours = true;
    }

    private @Nullable String dataOfAgent(Handle handle) {
        return handle.createQuery(FindingSql.DATA_OF_AGENT)
                .bind("agent", agent)
                .mapTo(String.class)
                .findOne()
                .orElse(null);
    }

    private static @Nullable String reason(Exception e) {
        return e.getCause() instanceof SQLException sql ? sql.getMessage() : e.getMessage();
    }

    /** Closes it in order. */
    @Override
    public void close() {
        database.close();
    }
}
