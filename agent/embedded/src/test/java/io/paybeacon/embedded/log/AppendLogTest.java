package io.paybeacon.embedded.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendLogTest {
    private static final long NOTHING_KNOWN = 0;

    @TempDir Path root;
    private Path directory;
    private Path first;
    private Path second;

    /** Two files: records 1 and 2 in the first, 3 and 4 in the second. */
    @BeforeEach
    void fourRecordsInTwoFiles() throws IOException {
        directory = root.resolve("log");
        try (AppendLog log = open(new ArrayList<>())) {
            log.append(1, "one".getBytes(UTF_8));
            log.append(2, "two".getBytes(UTF_8));
            log.roll();
            log.append(3, "three".getBytes(UTF_8));
            log.append(4, "four".getBytes(UTF_8));
        }
        List<Path> files = files();
        assertThat(files).hasSize(2);
        first = files.get(0);
        second = files.get(1);
    }

    @Test
    void records_comeBackInOrder() throws IOException {
        assertThat(read()).containsExactly("1=one", "2=two", "3=three", "4=four");
    }

    @Test
    void lastRecord_cutAnywhere_isDropped() throws IOException {
        byte[] whole = Files.readAllBytes(second);
        int lastBytes = Frame.HEADER_BYTES + "four".length() + Frame.RECEIPT_BYTES;
        int end = whole.length - Frame.RECEIPT_BYTES;
        for (int size = end - 1; size > whole.length - lastBytes; size--) {
            Files.write(second, Arrays.copyOf(whole, size));
            assertThat(read()).as("cut to %d bytes", size).endsWith("3=three");
            assertThat(Files.size(second)).isEqualTo(whole.length - lastBytes);
        }
        for (int size = whole.length - 1; size >= end; size--) {
            Files.write(second, Arrays.copyOf(whole, size));
            assertThat(read()).as("receipt cut to %d bytes", size).endsWith("4=four");
            assertThat(Files.size(second)).isEqualTo(end);
        }
    }

    @Test
    void anyRecord_withAnyBitFlipped_isRefusedAndLeftAlone() throws IOException {
        for (Path file : List.of(first, second)) {
            byte[] whole = Files.readAllBytes(file);
            // The last receipt guards nothing any more: without it all is there.
            int end = whole.length - (file.equals(second) ? Frame.RECEIPT_BYTES : 0);
            for (int i = 0; i < end; i++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] damaged = flipped(whole, i, bit);
                    Files.write(file, damaged);
                    assertThatThrownBy(this::read)
                            .as("bit %d of byte %d of %s", bit, i, file)
                            .isInstanceOf(CorruptLogException.class)
                            .hasMessageContaining(file.getFileName().toString())
                            .hasMessageContaining("offset ")
                            .hasMessageContaining("Restore");
                    assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
                }
            }
            Files.write(file, whole);
        }
    }

    @Test
    void lastReceipt_withAnyBitFlipped_losesNothing() throws IOException {
        byte[] whole = Files.readAllBytes(second);
        for (int i = whole.length - Frame.RECEIPT_BYTES; i < whole.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                Files.write(second, flipped(whole, i, bit));
                assertThat(read()).endsWith("3=three", "4=four");
            }
        }
    }

    @Test
    void logWithoutReceipts_asFormat1WroteIt_isRead() throws IOException {
        byte[] whole = Files.readAllBytes(first);
        int one = Frame.HEADER_BYTES + "one".length();
        byte[] bare = new byte[whole.length - 2 * Frame.RECEIPT_BYTES];
        System.arraycopy(whole, 0, bare, 0, one);
        System.arraycopy(whole, one + Frame.RECEIPT_BYTES, bare, one, bare.length - one);
        Files.write(first, bare);
        assertThat(read()).containsExactly("1=one", "2=two", "3=three", "4=four");
    }

    @Test
    void newestFile_missing_isRefused_unlessItsRecordsAreKnown() throws IOException {
        Files.delete(second);
        assertThatThrownBy(this::read)
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining(second.getFileName().toString())
                .hasMessageContaining("is missing");
        List<String> records = new ArrayList<>();
        AppendLog.open(new DiskLogDirectory(directory), 4, visitor(records)).close();
        assertThat(records).containsExactly("1=one", "2=two");
    }

    @Test
    void nameOfTheNewestFile_withAnyBitFlipped_isRefusedOrNothingIsLost() throws IOException {
        Path newest = directory.resolveSibling(directory.getFileName() + ".newest");
        byte[] whole = Files.readAllBytes(newest);
        for (int i = 0; i < whole.length - 1; i++) {
            for (int bit = 0; bit < 8; bit++) {
                Files.write(newest, flipped(whole, i, bit));
                assertThatThrownBy(this::read)
                        .as("bit %d of byte %d", bit, i)
                        .isInstanceOf(CorruptLogException.class)
                        .hasMessageContaining(newest.getFileName().toString());
            }
        }
    }

    @Test
    void endOfAnEarlierFile_cut_isRefused() throws IOException {
        byte[] whole = Files.readAllBytes(first);
        for (int size = 1; size < whole.length; size++) {
            Files.write(first, Arrays.copyOf(whole, size));
            if (size == whole.length - Frame.RECEIPT_BYTES) {
                assertThat(read()).as("a receipt is missing, no record").hasSize(4);
                continue;
            }
            assertThatThrownBy(this::read)
                    .as("cut to %d bytes", size)
                    .isInstanceOf(CorruptLogException.class);
        }
    }

    @Test
    void zerosBehindTheLastRecord_areCutOff() throws IOException {
        byte[] whole = Files.readAllBytes(second);
        Files.write(second, Arrays.copyOf(whole, whole.length + 5_000));
        assertThat(read()).endsWith("4=four");
        assertThat(Files.size(second)).isEqualTo(whole.length);
    }

    @Test
    void emptyLastFile_isWrittenToAgain() throws IOException {
        Files.createFile(directory.resolve("%019d.log".formatted(5)));
        try (AppendLog log = open(new ArrayList<>())) {
            log.append(5, "five".getBytes(UTF_8));
        }
        assertThat(read()).endsWith("4=four", "5=five");
    }

    @Test
    void missingFile_isRefused_unlessItsRecordsAreKnown() throws IOException {
        Files.delete(first);
        assertThatThrownBy(this::read)
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("epoch 3 follows epoch 0");
        List<String> records = new ArrayList<>();
        AppendLog.open(new DiskLogDirectory(directory), 2, visitor(records)).close();
        assertThat(records).containsExactly("3=three", "4=four");
    }

    @Test
    void foreignFile_isRefused() throws IOException {
        Files.createFile(directory.resolve("notes.txt"));
        assertThatThrownBy(this::read).hasMessageContaining("notes.txt");
    }

    @Test
    void deleteThrough_keepsTheFileBeingAppendedToAndLaterOnes() throws IOException {
        try (AppendLog log = open(new ArrayList<>())) {
            log.append(5, "five".getBytes(UTF_8));
            log.deleteThrough(4);
            log.append(6, "six".getBytes(UTF_8));
        }
        List<String> records = new ArrayList<>();
        AppendLog.open(new DiskLogDirectory(directory), 4, visitor(records)).close();
        assertThat(records).containsExactly("5=five", "6=six");
    }

    @Test
    void recordLargerThanTheScanWindow_behindDamage_isFound() throws IOException {
        try (AppendLog log = open(new ArrayList<>())) {
            log.append(5, new byte[3 << 20]);
            log.append(6, "six".getBytes(UTF_8));
        }
        Path third = files().getLast();
        Files.write(third, flipped(Files.readAllBytes(third), 100, 0));
        assertThatThrownBy(this::read)
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("follows at offset " + ((3 << 20) + Frame.HEADER_BYTES));
    }

    private List<String> read() throws IOException {
        List<String> records = new ArrayList<>();
        open(records).close();
        return records;
    }

    private AppendLog open(List<String> records) throws IOException {
        return AppendLog.open(new DiskLogDirectory(directory), NOTHING_KNOWN, visitor(records));
    }

    private static AppendLog.Visitor visitor(List<String> records) {
        return (number, body, _, _) -> records.add(number + "=" + new String(body, UTF_8));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return List.copyOf(new TreeSet<>(files.toList()));
        }
    }

    private static byte[] flipped(byte[] bytes, int index, int bit) {
        byte[] copy = bytes.clone();
        copy[index] ^= (byte) (1 << bit);
        return copy;
    }
}
