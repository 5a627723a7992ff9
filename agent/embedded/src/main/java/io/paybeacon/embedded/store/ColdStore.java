package io.paybeacon.embedded.store;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.record.Entry;
import io.paybeacon.embedded.record.MetricRow;
import io.paybeacon.embedded.record.Progress;
import io.paybeacon.embedded.record.RecordCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * States, deadlines, metrics and undelivered outputs as they were at a checkpoint, in RocksDB.
 *
 * <p>RocksDB's own log is off: the engine's log is kept until a checkpoint is flushed. All column
 * families are flushed together, and the progress is written last, so after a crash the store is
 * never older than its progress says. It may be newer, which replaying the log puts right.
 *
 * <p>{@link #find} may be called by many threads, the rest by one at a time.
 */
public final class ColdStore implements CheckpointWriter, AutoCloseable {
    /** How much is handed to RocksDB at once. */
    private static final int BATCH_BYTES_MAX = 1 << 20;

    private static final byte[] NOTHING = {};
    private static final byte[] PROGRESS = {'p'};
    private static final byte[] REFERENCE = {'r'};
    private static final byte[] STAGES = {'s'};

    private final RocksResources rocks;
    private final RocksDB db;
    private final RecordCodec codec;
    private final List<String> stages;
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);

    private ColdStore(RocksResources rocks, RecordCodec codec, List<String> stages) {
        this.rocks = rocks;
        this.db = rocks.db();
        this.codec = codec;
        this.stages = List.copyOf(stages);
    }

    /**
     * Opens the store in a directory, empty if there is none.
     *
     * @param stages the names of the stages, by their position in the pipeline
     */
    public static ColdStore open(Path directory, RecordCodec codec, List<String> stages)
            throws IOException {
        try {
            ColdStore store = new ColdStore(RocksResources.open(directory), codec, stages);
            try {
                store.orderDeadlines();
            } catch (IOException | RocksDBException | RuntimeException e) {
                store.close();
                throw e;
            }
            return store;
        } catch (RocksDBException e) {
            throw new IOException("cannot open the store in " + directory, e);
        }
    }

    /** What a key held at the last checkpoint, or {@link Entry#ABSENT}. */
    public Entry find(int stage, String key) throws IOException {
        try {
            byte[] value = db.get(rocks.states(), key(stage, key));
            return value == null ? Entry.ABSENT : codec.decodeEntry(stage, value);
        } catch (RocksDBException e) {
            throw new IOException("cannot read a state", e);
        }
    }

    /**
     * Visits what the keys of a stage held at the last checkpoint, in the order of the keys' bytes.
     * May be called by many threads.
     *
     * @param after where to begin: behind this key; empty for the first
     * @param visitor says whether it wants the next
     */
    public void states(int stage, String after, BiPredicate<String, Entry> visitor)
            throws IOException {
        byte[] prefix = key(stage, "");
        try (RocksIterator rows = db.newIterator(rocks.states())) {
            for (rows.seek(key(stage, after)); rows.isValid(); rows.next()) {
                byte[] row = rows.key();
                if (!startsWith(row, prefix)) {
                    break;
                }
                String key = text(row, prefix.length, row.length);
                if (!key.equals(after)
                        && !visitor.test(key, codec.decodeEntry(stage, rows.value()))) {
                    break;
                }
            }
            rows.status();
        } catch (RocksDBException e) {
            throw new IOException("cannot read the states of a stage", e);
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    /**
     * Checks that the pipeline has every stage that ever wrote here.
     *
     * @throws io.paybeacon.core.codec.CodecException if it does not
     */
    public void requireStages() throws IOException {
        byte[] value = meta(STAGES);
        if (value != null) {
            new ByteReader(value).list(ByteReader::text).forEach(codec::position);
        }
    }

    /** How far the last checkpoint was, or {@link Progress#NONE}. */
    public Progress progress() throws IOException {
        byte[] value = meta(PROGRESS);
        return value == null ? Progress.NONE : Progress.read(new ByteReader(value));
    }

    /** What all keys shared at the last checkpoint; null before the first. */
    public @Nullable Reference reference() throws IOException {
        byte[] value = meta(REFERENCE);
        return value == null ? null : codec.decodeReference(value);
    }

    /**
     * The deadlines from a time on, in order of time: {@code count} of them and all that share the
     * last one's time, or all there are. Some may be out of date: their states say so.
     *
     * @param fromMillis in milliseconds since the epoch by the agent's clock
     */
    public List<Due> dues(long fromMillis, int count) throws IOException {
        List<Due> dues = new ArrayList<>();
        try (RocksIterator rows = db.newIterator(rocks.dues())) {
            for (rows.seek(time(fromMillis)); rows.isValid(); rows.next()) {
                Due due = due(rows.key());
                if (dues.size() >= count && due.millis() != dues.getLast().millis()) {
                    break;
                }
                dues.add(due);
            }
            rows.status();
        } catch (RocksDBException e) {
            throw new IOException("cannot read the deadlines", e);
        }
        return dues;
    }

    /** Puts deadlines that an earlier format kept by key into the order of time. */
    private void orderDeadlines() throws IOException, RocksDBException {
        try (WriteBatch batch = new WriteBatch();
                RocksIterator rows = db.newIterator(rocks.oldDeadlines());
                FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
            rows.seekToFirst();
            if (!rows.isValid()) {
                rows.status();
                return;
            }
            for (; rows.isValid(); rows.next()) {
                long millis = ByteBuffer.wrap(rows.value()).getLong();
                batch.put(rocks.dues(), timed(millis, rows.key()), NOTHING);
                writeIfLarge(batch);
            }
            rows.status();
            db.write(unlogged, batch);
            // Durable before the old ones go, so that a crash only makes this begin again.
            db.flush(flush, rocks.all());
            batch.clear();
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                batch.delete(rocks.oldDeadlines(), rows.key());
                writeIfLarge(batch);
            }
            rows.status();
            db.write(unlogged, batch);
            db.flush(flush, rocks.all());
        }
    }

    /** Every metric row that this build keeps. */
    public List<MetricRow> metrics() throws IOException {
        List<MetricRow> rows = new ArrayList<>();
        scan(rocks.metrics(), (_, value) -> codec.decodeMetric(value).ifPresent(rows::add));
        return rows;
    }

    /** The outputs that were not confirmed, by ascending position. */
    public List<Delivery> outputs() throws IOException {
        List<Delivery> outputs = new ArrayList<>();
        scan(rocks.outputs(), (_, value) -> outputs.add(codec.decodeDelivery(value)));
        return outputs;
    }

    @Override
    public void write(Checkpoint checkpoint) throws IOException {
        try (WriteBatch batch = new WriteBatch()) {
            // First: a key whose deadline is due at such a time again is among the states.
            for (Due stale : checkpoint.stale()) {
                batch.delete(rocks.dues(), timed(stale.millis(), key(stale.stage(), stale.key())));
                writeIfLarge(batch);
            }
            writeStates(batch, checkpoint.states());
            for (MetricRow row : checkpoint.metrics()) {
                batch.put(
                        rocks.metrics(), codec.encodeSeries(row.series()), codec.encodeMetric(row));
            }
            long confirmed = checkpoint.progress().confirmed();
            batch.deleteRange(rocks.outputs(), position(0), position(confirmed + 1));
            for (Delivery delivery : checkpoint.outputs()) {
                batch.put(
                        rocks.outputs(),
                        position(delivery.position()),
                        codec.encodeDelivery(delivery));
                writeIfLarge(batch);
            }
            ByteWriter progress = new ByteWriter();
            checkpoint.progress().write(progress);
            batch.put(rocks.meta(), PROGRESS, progress.toBytes());
            ByteWriter names = new ByteWriter();
            names.list(stages, ByteWriter::text);
            batch.put(rocks.meta(), STAGES, names.toBytes());
            batch.put(rocks.meta(), REFERENCE, codec.encodeReference(checkpoint.reference()));
            db.write(unlogged, batch);
            try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
                db.flush(flush, rocks.all());
            }
        } catch (RocksDBException e) {
            throw new IOException("cannot write a checkpoint", e);
        }
    }

    @Override
    public void close() {
        unlogged.close();
        rocks.close();
    }

    private void writeStates(WriteBatch batch, List<StoredChange> states) throws RocksDBException {
        List<KeyedChange> sorted = new ArrayList<>(states.size());
        for (StoredChange change : states) {
            sorted.add(new KeyedChange(key(change.stage(), change.key()), change));
        }
        sorted.sort((a, b) -> Arrays.compareUnsigned(a.key, b.key));
        for (KeyedChange keyed : sorted) {
            Entry entry = keyed.change.entry();
            if (entry.state() == null) {
                batch.delete(rocks.states(), keyed.key);
            } else {
                batch.put(
                        rocks.states(), keyed.key, codec.encodeEntry(keyed.change.stage(), entry));
            }
            long before = keyed.change.dueBeforeMillis();
            if (before != Entry.NO_DEADLINE && before != entry.deadlineMillis()) {
                batch.delete(rocks.dues(), timed(before, keyed.key));
            }
            if (entry.deadlineMillis() != Entry.NO_DEADLINE) {
                batch.put(rocks.dues(), timed(entry.deadlineMillis(), keyed.key), NOTHING);
            }
            writeIfLarge(batch);
        }
    }

    private void writeIfLarge(WriteBatch batch) throws RocksDBException {
        if (batch.getDataSize() > BATCH_BYTES_MAX) {
            db.write(unlogged, batch);
            batch.clear();
        }
    }

    private byte @Nullable [] meta(byte[] key) throws IOException {
        try {
            return db.get(rocks.meta(), key);
        } catch (RocksDBException e) {
            throw new IOException("cannot read the progress of the store", e);
        }
    }

    private void scan(ColumnFamilyHandle family, BiConsumer<byte[], byte[]> visitor)
            throws IOException {
        try (RocksIterator rows = db.newIterator(family)) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                visitor.accept(rows.key(), rows.value());
            }
            rows.status();
        } catch (RocksDBException e) {
            throw new IOException("cannot read the store", e);
        }
    }

    /** The stage's name, a zero, the key: the same whatever the order of the stages. */
    private byte[] key(int stage, String key) {
        return (stages.get(stage) + '\0' + key).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] position(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    /** A time as bytes whose order is that of time. */
    private static byte[] time(long millis) {
        return position(millis ^ Long.MIN_VALUE);
    }

    /** A time, then a key. */
    private static byte[] timed(long millis, byte[] key) {
        return ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(millis ^ Long.MIN_VALUE)
                .put(key)
                .array();
    }

    private Due due(byte[] timed) {
        long millis = ByteBuffer.wrap(timed).getLong() ^ Long.MIN_VALUE;
        int end = Long.BYTES;
        while (timed[end] != 0) {
            end++;
        }
        int stage = codec.position(text(timed, Long.BYTES, end));
        return new Due(millis, stage, text(timed, end + 1, timed.length));
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** A change with its key in the store: sorted writes are cheaper to insert and to flush. */
    private static final class KeyedChange {
        final byte[] key;
        final StoredChange change;

        KeyedChange(byte[] key, StoredChange change) {
            this.key = key;
            this.change = change;
        }
    }
}
