package io.paybeacon.embedded.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log of numbered records, in files that are called after the number of their first record.
 *
 * <p>Files are not allocated ahead: that would save about a third of a small forced write, and cost
 * a second writing of every byte and a tail of zeros to tell from damage at each start.
 *
 * <p>Appended to by one thread; {@link #deleteThrough} may be called by another.
 */
public final class AppendLog implements Closeable {
    private static final System.Logger LOGGER = System.getLogger(AppendLog.class.getName());
    private static final Pattern NAME = Pattern.compile("[0-9]{19}\\.log");

    private final LogDirectory directory;
    private final List<String> closed = new ArrayList<>();
    private @Nullable LogFile current;
    private String currentName = "";
    private long currentBytes;

    private AppendLog(LogDirectory directory) {
        this.directory = directory;
    }

    /** Is told every record when a log is opened, in order. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes one record.
         *
         * @param file the file it is in
         * @param offset where in the file it begins, in bytes
         */
        void visit(long number, byte[] body, String file, long offset) throws IOException;
    }

    /**
     * Opens a log, visits its records and cuts off a record that a crash interrupted.
     *
     * @param known records up to this number are kept elsewhere and may be missing
     * @throws CorruptLogException if it is damaged elsewhere, or numbers are missing
     */
    public static AppendLog open(LogDirectory directory, long known, Visitor visitor)
            throws IOException {
        AppendLog log = new AppendLog(directory);
        for (String name : directory.names()) {
            if (!NAME.matcher(name).matches()) {
                throw new CorruptLogException(
                        "log file %s: not a name that a log file has. Move it elsewhere."
                                .formatted(name));
            }
            log.closed.add(name);
        }
        requireNewest(directory, known, log.closed);
        new LogRecovery(directory, known, visitor).run(log.closed);
        return log;
    }

    private static void requireNewest(LogDirectory directory, long known, List<String> names)
            throws IOException {
        Optional<String> newest = directory.newest();
        if (newest.isEmpty() || names.contains(newest.get())) {
            return;
        }
        String name = newest.get();
        if (!NAME.matcher(name).matches() || firstNumber(name) > known) {
            throw new CorruptLogException(
                    ("log file %s, offset 0: the file is missing, and the store holds epochs up to"
                                    + " %d only. %s")
                            .formatted(name, known, CorruptLogException.REMEDY));
        }
    }

    /**
     * Appends a record and returns when it is on the disk.
     *
     * @throws UnwrittenException if there was no room for it, and nothing of it is left
     * @throws IOException if it may or may not be on the disk: nothing may be appended any more
     */
    public void append(long number, byte[] body) throws IOException {
        LogFile file = current;
        if (file == null) {
            file = begin(number);
            current = file;
        }
        ByteBuffer frame = Frame.of(number, body);
        int bytes = frame.remaining();
        write(file, frame);
        file.force();
        currentBytes += bytes;
        try {
            write(file, Frame.receipt(number));
            currentBytes += Frame.RECEIPT_BYTES;
        } catch (UnwrittenException e) {
            // The record is on the disk. Without the receipt it is only less well guarded.
            LOGGER.log(System.Logger.Level.WARNING, "no room for a receipt: {0}", e.getMessage());
        }
    }

    private LogFile begin(long number) throws IOException {
        currentName = "%019d.log".formatted(number);
        currentBytes = 0;
        LogFile file;
        try {
            file = directory.open(currentName);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new UnwrittenException(e);
        }
        try {
            directory.begun(currentName);
        } catch (IOException e) {
            file.close();
            throw e instanceof ClosedChannelException ? e : new UnwrittenException(e);
        }
        synchronized (closed) {
            // An empty file of this name may be left from a start that wrote nothing.
            closed.remove(currentName);
        }
        return file;
    }

    /** Writes all of it behind what there is, or nothing. */
    private void write(LogFile file, ByteBuffer bytes) throws IOException {
        try {
            file.append(bytes);
        } catch (ClosedChannelException e) {
            // Will never be open again.
            throw e;
        } catch (IOException e) {
            try {
                file.truncate(currentBytes);
            } catch (IOException left) {
                e.addSuppressed(left);
                throw e;
            }
            throw new UnwrittenException(e);
        }
    }

    /** How many bytes the file being appended to holds. */
    public long currentBytes() {
        return currentBytes;
    }

    /** Ends the file being appended to; the next record begins another. */
    public void roll() throws IOException {
        LogFile file = current;
        if (file != null) {
            current = null;
            currentBytes = 0;
            file.close();
            synchronized (closed) {
                closed.add(currentName);
            }
        }
    }

    /**
     * Deletes the ended files that hold numbers up to this one.
     *
     * @param number the last one there was when a file was ended
     */
    public void deleteThrough(long number) throws IOException {
        List<String> gone;
        synchronized (closed) {
            // A file ended there, so one that begins at or below it holds none above it.
            gone = closed.stream().filter(name -> firstNumber(name) <= number).toList();
        }
        for (String name : gone) {
            directory.delete(name);
            synchronized (closed) {
                closed.remove(name);
            }
        }
    }

    @Override
    public void close() throws IOException {
        roll();
    }

    private static long firstNumber(String name) {
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }
}
