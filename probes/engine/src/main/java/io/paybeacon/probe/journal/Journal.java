package io.paybeacon.probe.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.paybeacon.probe.limits.Limits;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file of side effects in an agent's data directory. An entry is on disk when {@link #append}
 * returns. Blocking and not thread-safe: {@link AsyncJournal} keeps it on a thread of its own.
 *
 * <p>Reading tolerates a torn last line, which is cut off: the entry was never acknowledged, so
 * nothing was sent. A damaged line elsewhere is skipped and named in {@link #damage()}, and the
 * file as it was found is kept beside as {@code probes.journal.damaged}.
 */
public final class Journal implements Closeable {

    private static final String FILE = "probes.journal";

    /**
     * What was wrong with the file when it was opened.
     *
     * @param damagedLines numbers of the lines that were skipped, from 1
     * @param tornBytes bytes of an unfinished last line that were cut off
     */
    public record Damage(List<Integer> damagedLines, long tornBytes) {
        public Damage {
            damagedLines = List.copyOf(damagedLines);
        }
    }

    private final Path file;
    private final InstantSource clock;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final JournalState state;
    private final Damage damage;
    private FileChannel channel;
    private long compactAtBytes = Limits.JOURNAL_BYTES_MAX;
    private boolean broken;

    private Journal(
            Path file,
            InstantSource clock,
            FileChannel lockFile,
            FileLock lock,
            JournalFile found,
            FileChannel channel) {
        this.file = file;
        this.clock = clock;
        this.lockFile = lockFile;
        this.lock = lock;
        this.state = found.state();
        this.damage = found.damage();
        this.channel = channel;
    }

    /**
     * Opens the journal of a data directory, creating both when they are not there.
     *
     * @throws IOException if the directory cannot be written, or another agent uses it
     */
    public static Journal open(Path dataDirectory, InstantSource clock) throws IOException {
        Files.createDirectories(dataDirectory);
        Path file = dataDirectory.resolve(FILE);
        FileChannel lockFile =
                FileChannel.open(dataDirectory.resolve(FILE + ".lock"), CREATE, WRITE);
        try {
            FileLock lock = tryLock(lockFile);
            if (lock == null) {
                throw new IOException(
                        "The data directory %s is in use by another agent; give each its own"
                                .formatted(dataDirectory));
            }
            JournalFile found = JournalFile.read(file);
            if (!found.damage().damagedLines().isEmpty()) {
                Path kept = dataDirectory.resolve(FILE + ".damaged");
                Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
            }
            FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
            channel.truncate(found.intactBytes());
            channel.position(found.intactBytes());
            channel.force(true);
            forceDirectory(dataDirectory);
            Journal journal = new Journal(file, clock, lockFile, lock, found, channel);
            if (!found.damage().damagedLines().isEmpty()) {
                journal.compact();
            }
            return journal;
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    /**
     * The runs that may have left money behind, oldest first, by a journal that is left alone: it
     * may belong to a running agent, which may write an entry meanwhile.
     *
     * @return empty when the directory has no journal
     * @throws IOException if it cannot be read
     */
    public static List<OpenRun> inspect(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve(FILE);
        return Files.exists(file) ? JournalFile.read(file).state().openRuns() : List.of();
    }

    private static @Nullable FileLock tryLock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** What was wrong with the file when it was opened. */
    public Damage damage() {
        return damage;
    }

    /**
     * Writes an entry and forces it to disk.
     *
     * @throws IOException if it cannot be kept; then the effect must not be sent
     */
    public void append(JournalEntry entry) throws IOException {
        if (broken) {
            throw new IOException("An earlier write to " + file + " failed; restart the agent");
        }
        if (entry instanceof JournalEntry.Sent sent
                && state.openRun(sent.run()).isEmpty()
                && state.openCount() >= Limits.JOURNAL_OPEN_RUNS_MAX) {
            throw new IOException(
                    "%d runs have left money behind; clean them up before more is held"
                            .formatted(state.openCount()));
        }
        byte[] line = JournalCodec.encode(entry);
        long before = channel.position();
        try {
            write(channel, line);
            channel.force(false);
        } catch (IOException e) {
            restore(before);
            throw e;
        }
        state.apply(entry);
        if (channel.position() > compactAtBytes) {
            compact();
        }
    }

    /** Cuts off a line that was not written whole; when that fails too, no further one is. */
    private void restore(long position) {
        try {
            channel.truncate(position);
            channel.position(position);
        } catch (IOException e) {
            broken = true;
        }
    }

    /** The runs that may have left money behind, oldest first. */
    public List<OpenRun> openRuns() {
        return state.openRuns();
    }

    /** The run, if it may have left money behind. */
    public Optional<OpenRun> openRun(String run) {
        return state.openRun(run);
    }

    /** What a probe has held on the UTC day of an instant, in minor units. */
    public long spentMinor(String probe, Instant day, String currency) {
        return state.spentMinor(probe, day, currency);
    }

    /** Rewrites the file with what is still open; the old file stays until the new one is whole. */
    private void compact() throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        state.compacted(clock.instant())
                .forEach(entry -> lines.writeBytes(JournalCodec.encode(entry)));
        Path fresh = file.resolveSibling(FILE + ".new");
        FileChannel next = FileChannel.open(fresh, CREATE, WRITE, TRUNCATE_EXISTING);
        write(next, lines.toByteArray());
        next.force(true);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path directory = file.getParent();
        if (directory != null) {
            forceDirectory(directory);
        }
        channel.close();
        channel = next;
        compactAtBytes = Math.max(Limits.JOURNAL_BYTES_MAX, 2L * lines.size());
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        lock.release();
        lockFile.close();
    }
}
