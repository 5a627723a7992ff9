package io.paybeacon.embedded.store;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.log.CorruptLogException;
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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
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
public final class ColdStore implements CheckpointWriter, StoreCopy, AutoCloseable {
    /** How much is handed to RocksDB at once. */
    static final int BATCH_BYTES_MAX = 1 << 20;

    private static final int CHECKED_ROWS = 1_024;
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
     * Opens the store in a directory.
     *
     * @param stages the names of the stages, by their position in the pipeline
     * @param fresh whether an empty one is made if there is none
     * @throws IOException if it is missing, damaged or unreadable; the message names the file
     */
    public static ColdStore open(
            Path directory, RecordCodec codec, List<String> stages, boolean fresh)
            throws IOException {
        Manifest.check(directory);
        try {
            ColdStore store = new ColdStore(RocksResources.open(directory, fresh), codec, stages);
            try {
                DeadlineOrder.bring(store.rocks, store.unlogged);
            } catch (RocksDBException | RuntimeException e) {
                store.close();
                throw e;
            }
            return store;
        } catch (RocksDBException e) {
            throw new IOException(
                    "the store in %s cannot be opened: %s. %s"
                            .formatted(directory, e.getMessage(), remedy(e)),
                    e);
        }
    }

    private static String remedy(RocksDBException e) {
        return isNoSpace(e)
                ? "Free space there or enlarge the disk, and start again; nothing is lost."
                : CorruptLogException.REMEDY;
    }

    private static boolean isNoSpace(RocksDBException e) {
        return e.getStatus() != null && e.getStatus().getSubCode() == Status.SubCode.NoSpace;
    }

    /** How large its files are, in bytes. */
    public long bytes() throws IOException {
        try {
            long bytes = 0;
            for (ColumnFamilyHandle family : rocks.all()) {
                bytes += db.getLongProperty(family, "rocksdb.total-sst-files-size");
            }
            return bytes;
        } catch (RocksDBException e) {
            throw new IOException("cannot measure the store", e);
        }
    }

    /**
     * Reads every file whole and compares the checksums.
     *
     * @throws IOException if one is wrong; the message names the file and the offset
     */
    public void check() throws IOException {
        try {
            db.verifyChecksum();
        } catch (RocksDBException e) {
            throw damaged(e);
        }
    }

    /**
     * Reads every row, comparing checksums on the way, beside others who use the store.
     *
     * @param stopped asked every now and then; true ends it
     * @throws IOException if one is wrong; the message names the file and the offset
     */
    public void check(BooleanSupplier stopped) throws IOException {
        try (ReadOptions aside = new ReadOptions().setFillCache(false)) {
            for (ColumnFamilyHandle family : rocks.all()) {
                try (RocksIterator rows = db.newIterator(family, aside)) {
                    int read = 0;
                    for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                        if (++read % CHECKED_ROWS == 0 && stopped.getAsBoolean()) {
                            return;
                        }
                    }
                    rows.status();
                }
            }
        } catch (RocksDBException e) {
            throw damaged(e);
        }
    }

    private static IOException damaged(RocksDBException e) {
        return new IOException(
                "the store is damaged: %s. %s"
                        .formatted(e.getMessage(), CorruptLogException.REMEDY),
                e);
    }

    /** What a key held at the last checkpoint, as bytes; null when it held nothing. */
    public byte @Nullable [] find(int stage, String key) throws IOException {
        try {
            return db.get(rocks.states(), key(stage, key));
        } catch (RocksDBException e) {
            throw damaged(e);
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
                String key = DueKeys.text(row, prefix.length, row.length);
                if (!key.equals(after)
                        && !visitor.test(key, codec.decodeEntry(stage, rows.value()))) {
                    break;
                }
            }
            rows.status();
        } catch (RocksDBException e) {
            throw damaged(e);
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
            for (rows.seek(DueKeys.of(fromMillis)); rows.isValid(); rows.next()) {
                byte[] key = rows.key();
                Due due =
                        new Due(
                                DueKeys.millis(key),
                                codec.position(DueKeys.stage(key)),
                                DueKeys.key(key));
                if (dues.size() >= count && due.millis() != dues.getLast().millis()) {
                    break;
                }
                dues.add(due);
            }
            rows.status();
        } catch (RocksDBException e) {
            throw damaged(e);
        }
        return dues;
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
                batch.delete(
                        rocks.dues(), DueKeys.of(stale.millis(), key(stale.stage(), stale.key())));
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
            if (isNoSpace(e)) {
                throw new NoSpaceException("cannot write a checkpoint", e);
            }
            throw new IOException("cannot write a checkpoint", e);
        }
    }

    @Override
    public void to(Path directory) throws IOException {
        try (org.rocksdb.Checkpoint copy = org.rocksdb.Checkpoint.create(db)) {
            copy.createCheckpoint(directory.toString());
        } catch (RocksDBException e) {
            throw new IOException(
                    "the store cannot be copied to %s: %s".formatted(directory, e.getMessage()), e);
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
            StoredChange change = keyed.change;
            if (change.present()) {
                batch.put(rocks.states(), keyed.key, change.encoded());
            } else {
                batch.delete(rocks.states(), keyed.key);
            }
            long before = change.dueBeforeMillis();
            if (before != Entry.NO_DEADLINE && before != change.dueMillis()) {
                batch.delete(rocks.dues(), DueKeys.of(before, keyed.key));
            }
            if (change.dueMillis() != Entry.NO_DEADLINE) {
                batch.put(rocks.dues(), DueKeys.of(change.dueMillis(), keyed.key), NOTHING);
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
            throw damaged(e);
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
            throw damaged(e);
        }
    }

    /** The stage's name, a zero, the key: the same whatever the order of the stages. */
    private byte[] key(int stage, String key) {
        return (stages.get(stage) + '\0' + key).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] position(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
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
