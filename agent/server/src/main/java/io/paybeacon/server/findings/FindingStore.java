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
import io.paybeacon.telemetry.ProcessMetrics;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The findings in SQL: a projection of what one engine delivers, which the engine's states do not
 * depend on. Safe for use by many threads; every method blocks on the disk, so none may be called
 * on an event loop.
 *
 * <p>Each finding remembers the position of the delivery that said the latest about it. A delivery
 * that comes again, alone or among others, is at or below that position and changes nothing. The
 * store therefore belongs to one engine's data: with new data goes a new store.
 */
public final class FindingStore implements OutputSink, AutoCloseable {
    private final FindingDatabase database;
    private final Jdbi jdbi;
    private final ProcessMetrics process;

    private FindingStore(FindingDatabase database, ProcessMetrics process) {
        this.database = database;
        this.jdbi = Jdbi.create(database.connections());
        this.process = process;
    }

    /**
     * Opens the store, or makes it.
     *
     * @param directory where its file lies
     * @param process counts failed reads and writes
     * @throws FindingStoreException if it is damaged, in use, or of a later build
     */
    public static FindingStore open(Path directory, ProcessMetrics process) {
        return new FindingStore(FindingDatabase.open(directory), process);
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

    private static void take(Handle handle, Delivery delivery) {
        switch (delivery.output()) {
            case FindingOpened opened -> hold(handle, opened.finding(), delivery.position());
            case FindingUpdated updated -> hold(handle, updated.finding(), delivery.position());
            case FindingResolved resolved ->
                    handle.createUpdate(FindingSql.RESOLVE)
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

    private static void hold(Handle handle, Finding finding, long position) {
        Map<String, @Nullable Object> row = FindingSql.row(finding, position);
        if (handle.createUpdate(FindingSql.UPDATE).bindMap(row).execute() == 0) {
            handle.createUpdate(FindingSql.INSERT_IF_NEW).bindMap(row).execute();
        }
    }

    /** The finding of this id. */
    public Optional<StoredFinding> find(String id) {
        return ask(handle ->
                handle.createQuery(FindingSql.SELECT + " WHERE id = :id")
                        .bind("id", id)
                        .map(FindingSql::read)
                        .findOne());
    }

    /**
     * The findings that are open about a subject, the latest first, at most a hundred.
     *
     * @param subject such as the key of a payment
     */
    public List<StoredFinding> openAbout(String subject) {
        return ask(handle ->
                handle.createQuery(FindingSql.OPEN_ABOUT)
                        .bind("subject", subject)
                        .bind("state", FindingState.OPEN.label())
                        .bind("limit", Limits.OPEN_ITEMS_MAX)
                        .map(FindingSql::read)
                        .list());
    }

    /**
     * A page of findings.
     *
     * @throws IllegalArgumentException if {@link FindingQuery#after} is not the id of a finding
     */
    public FindingPage list(FindingQuery query) {
        return ask(handle -> page(handle, query));
    }

    private static FindingPage page(Handle handle, FindingQuery query) {
        StringBuilder sql = new StringBuilder(FindingSql.SELECT).append(" WHERE 1 = 1");
        FindingState state = query.state();
        String after = query.after();
        if (query.kind() != null) {
            sql.append(" AND kind = :kind");
        }
        if (state != null) {
            sql.append(" AND state = :state");
        }
        if (query.gateway() != null) {
            sql.append(" AND gateway = :gateway");
        }
        if (after != null) {
            if (handle.createQuery("SELECT 1 FROM finding WHERE id = :id")
                    .bind("id", after)
                    .mapTo(Integer.class)
                    .findOne()
                    .isEmpty()) {
                throw new IllegalArgumentException(
                        "after names no finding; take it from the field next of the page before");
            }
            sql.append(FindingSql.AFTER);
        }
        sql.append(FindingSql.LATEST_FIRST);
        Query select = handle.createQuery(sql.toString());
        bind(select, "kind", query.kind());
        bind(select, "state", state == null ? null : state.label());
        bind(select, "gateway", query.gateway());
        bind(select, "after", after);
        // One more than asked for tells whether there is a next page.
        List<StoredFinding> found =
                select.bind("limit", query.limit() + 1).map(FindingSql::read).list();
        return found.size() <= query.limit()
                ? new FindingPage(found, null)
                : new FindingPage(
                        found.subList(0, query.limit()), found.get(query.limit() - 1).id());
    }

    private static void bind(Query select, String name, @Nullable String value) {
        if (value != null) {
            select.bind(name, value);
        }
    }

    /** How many findings there are, by gateway, kind and state; those without any are absent. */
    public List<FindingCount> counts() {
        return ask(handle ->
                handle.createQuery(FindingSql.COUNTS)
                        .map((row, _) ->
                                new FindingCount(
                                        row.getString("gateway"),
                                        row.getString("kind"),
                                        FindingSql.state(row.getString("state")),
                                        row.getLong("findings")))
                        .list());
    }

    private <T> T ask(Function<Handle, T> question) {
        try (Handle handle = jdbi.open()) {
            return question.apply(handle);
        } catch (JdbiException e) {
            process.findingsStoreFailed();
            throw new FindingStoreException(
                    "The findings store could not be read or written: " + reason(e), e);
        }
    }

    private static @Nullable String reason(JdbiException e) {
        return e.getCause() instanceof SQLException sql ? sql.getMessage() : e.getMessage();
    }

    /** Closes the file in order. */
    @Override
    public void close() {
        database.close();
    }
}
