package io.paybeacon.server.findings;

import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Output.FindingHandled;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Measurement;
import io.paybeacon.core.output.Output.Notify;
import io.paybeacon.server.config.FindingsConfig;
import io.paybeacon.telemetry.ProcessMetrics;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        FindingDatabase database = FindingDatabase.open(config, directory, nanoClock);
        try {
            FindingStore store =
                    new FindingStore(
                            database,
                            config.agent(),
                            DataIdentity.of(directory),
                            config.statementTimeout(),
                            process);
            store.look();
            return store;
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
        ask(handle ->
                handle.inTransaction(transaction -> {
                    batch.forEach(delivery -> take(transaction, delivery));
                    return batch.size();
                }));
    }

    private void take(Handle handle, Delivery delivery) {
        switch (delivery.output()) {
            case FindingOpened opened -> hold(handle, opened.finding(), delivery.position());
            case FindingUpdated updated -> hold(handle, updated.finding(), delivery.position());
            case FindingResolved resolved ->
                    handle.createUpdate(FindingSql.RESOLVE)
                            .bind("agent", agent)
                            .bind("id", resolved.id())
                            .bind("state", FindingState.of(resolved.resolution()).label())
                            .bind("resolvedAt", FindingSql.utc(resolved.resolvedAt()))
                            .bind("position", delivery.position())
                            .execute();
            case FindingHandled _, Notify _, Forward _, Measurement _ -> {
                // Never delivered to a sink; there is nothing of a finding in them.
            }
        }
    }

    private void hold(Handle handle, Finding finding, long position) {
        Map<String, @Nullable Object> row = FindingSql.row(agent, finding, position);
        if (handle.createUpdate(FindingSql.UPDATE).bindMap(row).execute() == 0) {
            handle.createUpdate(FindingSql.INSERT_IF_NEW).bindMap(row).execute();
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
     * The findings of this agent that are open about a subject, the latest first, at most a
     * hundred.
     *
     * @param subject such as the key of a payment
     */
    public List<StoredFinding> openAbout(String subject) {
        return ask(handle ->
                handle.createQuery(FindingSql.OPEN_ABOUT)
                        .bind("agent", agent)
                        .bind("subject", subject)
                        .bind("state", FindingState.OPEN.label())
                        .bind("limit", Limits.OPEN_ITEMS_MAX)
                        .map(FindingSql::read)
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
