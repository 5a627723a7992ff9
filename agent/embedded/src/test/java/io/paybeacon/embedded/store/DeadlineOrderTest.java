package io.paybeacon.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.embedded.record.RecordCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class DeadlineOrderTest {
    private static final int KEYS = 20_000;
    private static final List<String> FORMAT_1 =
            List.of("default", "states", "deadlines", "metrics", "outputs");

    @TempDir Path directory;

    @Test
    @DisplayName("Deadlines that format 1 kept by key are in order of time, also when opened again")
    void bring_format1() throws Exception {
        writeFormat1();
        RecordCodec codec = new RecordCodec(Pipeline.standard());
        List<String> stages =
                Pipeline.standard().steps().stream().map(step -> step.name()).toList();
        for (int start = 0; start < 2; start++) {
            try (ColdStore store = ColdStore.open(directory, codec, stages, false)) {
                List<Due> dues = store.dues(Long.MIN_VALUE, Integer.MAX_VALUE);
                assertThat(dues).hasSize(KEYS).isSorted();
                assertThat(dues.getFirst())
                        .isEqualTo(new Due(millis(0), stages.indexOf("payment"), "shop:0"));
                assertThat(store.dues(millis(KEYS - 10), 3))
                        .extracting(Due::key)
                        .containsExactly(
                                "shop:" + (KEYS - 10), "shop:" + (KEYS - 9), "shop:" + (KEYS - 8));
            }
        }
    }

    /** The first is in 1969. */
    private static long millis(int number) {
        return -1_000 + 7L * number;
    }

    private void writeFormat1() throws RocksDBException {
        RocksDB.loadLibrary();
        List<ColumnFamilyDescriptor> families =
                FORMAT_1.stream()
                        .map(name ->
                                new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8)))
                        .toList();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options =
                        new DBOptions()
                                .setCreateIfMissing(true)
                                .setCreateMissingColumnFamilies(true);
                RocksDB db = RocksDB.open(options, directory.toString(), families, handles)) {
            for (int i = 0; i < KEYS; i++) {
                db.put(
                        handles.get(FORMAT_1.indexOf("deadlines")),
                        ("payment\0shop:" + i).getBytes(StandardCharsets.UTF_8),
                        ByteBuffer.allocate(Long.BYTES).putLong(millis(i)).array());
            }
            handles.forEach(ColumnFamilyHandle::close);
        }
    }
}
