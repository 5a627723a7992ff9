package io.paybeacon.embedded.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Reads a log back.
 *
 * <p>A crash can only hurt what was written last: bytes that are no record are cut off when they
 * are the end of the last file that holds any and neither a record nor a receipt follows them. They
 * belong to an epoch that was never acknowledged. Anything else is damage, and refused, because
 * cutting it off would lose what was acknowledged.
 */
final class LogRecovery {
    private static final System.Logger LOGGER = System.getLogger(LogRecovery.class.getName());
    private static final int SCAN_BYTES = 1 << 20;

    private final LogDirectory directory;
    private final AppendLog.Visitor visitor;
    private final long known;
    private long last = -1;

    LogRecovery(LogDirectory directory, long known, AppendLog.Visitor visitor) {
        this.directory = directory;
        this.known = known;
        this.visitor = visitor;
    }

    /** Visits every record in order. */
    void run(List<String> segments) throws IOException {
        for (int i = 0; i < segments.size(); i++) {
            try (LogFile file = directory.open(segments.get(i))) {
                long valid = visit(segments.get(i), file);
                if (valid < file.size()) {
                    cut(segments, i, file, valid);
                }
            }
        }
    }

    private long visit(String name, LogFile file) throws IOException {
        long size = file.size();
        long position = 0;
        while (position < size) {
            Optional<Frame.Read> record = Frame.read(file, position, size);
            if (record.isEmpty()) {
                if (position > 0 && Frame.isReceipt(file, position, size)) {
                    position += Frame.RECEIPT_BYTES;
                    continue;
                }
                break;
            }
            long number = record.get().number;
            long before = Math.max(last, known);
            if (number <= last || number > before + 1) {
                throw new CorruptLogException(
                        "log file %s, offset %d: epoch %d follows epoch %d, so some are missing. %s"
                                .formatted(
                                        name,
                                        position,
                                        number,
                                        before,
                                        CorruptLogException.REMEDY));
            }
            byte[] body = record.get().body;
            visitor.visit(number, body, name, position);
            last = number;
            position += Frame.HEADER_BYTES + body.length;
        }
        return position;
    }

    private void cut(List<String> segments, int index, LogFile file, long valid)
            throws IOException {
        String name = segments.get(index);
        long size = file.size();
        long found = nextMark(file, valid + 1, size);
        if (found >= 0) {
            throw new CorruptLogException(
                    ("log file %s, offset %d: no readable record, but what follows at offset %d"
                                    + " shows that it was acknowledged. %s")
                            .formatted(name, valid, found, CorruptLogException.REMEDY));
        }
        for (String later : segments.subList(index + 1, segments.size())) {
            try (LogFile next = directory.open(later)) {
                if (next.size() > 0) {
                    throw new CorruptLogException(
                            "log file %s, offset %d: no readable record, but file %s follows. %s"
                                    .formatted(name, valid, later, CorruptLogException.REMEDY));
                }
            }
        }
        LOGGER.log(
                System.Logger.Level.WARNING,
                "log file {0}: cut off {1} bytes at offset {2}, an epoch that a crash interrupted"
                        + " and that was never acknowledged",
                name,
                String.valueOf(size - valid),
                String.valueOf(valid));
        file.truncate(valid);
    }

    /** Where the first record or receipt at or behind a position begins, or -1. */
    private static long nextMark(LogFile file, long from, long size) throws IOException {
        ByteBuffer window = ByteBuffer.allocate(SCAN_BYTES);
        for (long start = from; start < size; start += SCAN_BYTES - 3) {
            window.clear();
            int read = file.read(start, window);
            for (int i = 0; i + 4 <= read; i++) {
                int mark = window.getInt(i);
                boolean record =
                        mark == Frame.MARK && Frame.read(file, start + i, size).isPresent();
                if (record
                        || (mark == Frame.RECEIPT_MARK && Frame.isReceipt(file, start + i, size))) {
                    return start + i;
                }
            }
        }
        return -1;
    }
}
