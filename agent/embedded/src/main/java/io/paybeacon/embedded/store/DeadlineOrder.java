package io.paybeacon.embedded.store;

import java.nio.ByteBuffer;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Puts deadlines that format 1 kept by key into the order of time. */
final class DeadlineOrder {
    private static final byte[] NOTHING = {};

    private DeadlineOrder() {}

    /** Does it, or nothing when it is done. A crash meanwhile only makes it begin again. */
    static void bring(RocksResources rocks, WriteOptions unlogged) throws RocksDBException {
        RocksDB db = rocks.db();
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
                batch.put(rocks.dues(), DueKeys.of(millis, rows.key()), NOTHING);
                writeIfLarge(db, unlogged, batch);
            }
            rows.status();
            db.write(unlogged, batch);
            // Durable before the old ones go.
            db.flush(flush, rocks.all());
            batch.clear();
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                batch.delete(rocks.oldDeadlines(), rows.key());
                writeIfLarge(db, unlogged, batch);
            }
            rows.status();
            db.write(unlogged, batch);
            db.flush(flush, rocks.all());
        }
    }

    private static void writeIfLarge(RocksDB db, WriteOptions unlogged, WriteBatch batch)
            throws RocksDBException {
        if (batch.getDataSize() > ColdStore.BATCH_BYTES_MAX) {
            db.write(unlogged, batch);
            batch.clear();
        }
    }
}
