package io.paybeacon.embedded;

import io.paybeacon.embedded.log.DiskLogDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Copies of data directories. A copy is whole when its list of files and their checksums, which is
 * written last, says so: one that was interrupted has none, and is refused.
 */
public final class Backup {
    private static final String LIST = "paybeacon-backup";
    private static final String FORMAT = "paybeacon-backup 1";

    private Backup() {}

    /**
     * What a copy holds.
     *
     * @param files how many files
     * @param bytes how large they are together
     */
    public record Content(int files, long bytes) {}

    /**
     * Copies a data directory while its agent rests.
     *
     * @param data holds the engine's directory, and whatever else belongs to the same moment
     * @param engine the engine's directory in it; taken for as long as the copy lasts, so that no
     *     agent starts meanwhile
     * @param target must not exist, or be empty
     * @throws IOException if an agent runs on it, or something cannot be read or written
     */
    public static Content copy(Path data, Path engine, Path target) throws IOException {
        if (!Files.isDirectory(data) || !Files.isDirectory(engine)) {
            throw new IOException(
                    "there is no data directory at %s: nothing to back up".formatted(data));
        }
        requireEmpty(target);
        try (DataDirectory taken = DataDirectory.take(engine)) {
            if (taken.fresh()) {
                throw new IOException("the data directory %s is empty".formatted(engine));
            }
            for (Path file : files(data)) {
                var _ = copy(data.resolve(file), target.resolve(file));
            }
        }
        return seal(target);
    }

    /**
     * Makes a copy of what lies in a directory by now: lists the files and their checksums. It is
     * durable when this returns.
     */
    public static Content seal(Path backup) throws IOException {
        StringBuilder list = new StringBuilder(FORMAT).append('\n');
        long bytes = 0;
        List<Path> files = files(backup);
        for (Path file : files) {
            long size = Files.size(backup.resolve(file));
            bytes += size;
            list.append(checksum(backup.resolve(file)))
                    .append(' ')
                    .append(size)
                    .append(' ')
                    .append(name(file))
                    .append('\n');
        }
        String text = list.toString();
        DiskLogDirectory.replace(backup.resolve(LIST), text + "end " + hex(digest(text)) + "\n");
        return new Content(files.size(), bytes);
    }

    /**
     * Compares every file of a copy with its checksum.
     *
     * @throws IOException if it is not whole; the message names the file
     */
    public static Content verify(Path backup) throws IOException {
        Map<String, String> listed = list(backup);
        long bytes = 0;
        for (Path file : files(backup)) {
            if (!listed.containsKey(name(file))) {
                throw broken(backup, file + " does not belong to it");
            }
        }
        for (Map.Entry<String, String> entry : listed.entrySet()) {
            Path file = backup.resolve(entry.getKey());
            if (!Files.isRegularFile(file)) {
                throw broken(backup, entry.getKey() + " is missing");
            }
            if (!checksum(file).equals(entry.getValue())) {
                throw broken(backup, entry.getKey() + " is not as it was written");
            }
            bytes += Files.size(file);
        }
        return new Content(listed.size(), bytes);
    }

    /**
     * Makes a data directory of a copy. It appears whole or not at all.
     *
     * @param data must not exist, or be empty
     * @throws IOException if the copy is not whole, or something cannot be read or written
     */
    public static Content restore(Path backup, Path data) throws IOException {
        requireEmpty(data);
        Content content = verify(backup);
        Path fresh = data.resolveSibling(data.getFileName() + ".restoring");
        if (Files.exists(fresh)) {
            throw new IOException(
                    ("%s is there, left by a restore that was interrupted: delete it, and restore"
                                    + " again")
                            .formatted(fresh));
        }
        for (Map.Entry<String, String> entry : list(backup).entrySet()) {
            Path file = Path.of(entry.getKey());
            if (!copy(backup.resolve(file), fresh.resolve(file)).equals(entry.getValue())) {
                throw broken(backup, file + " changed while it was read");
            }
        }
        Files.deleteIfExists(data);
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        Path parent = data.toAbsolutePath().getParent();
        if (parent != null) {
            DiskLogDirectory.forceDirectory(parent);
        }
        return content;
    }

    /** Checksums by name. */
    private static Map<String, String> list(Path backup) throws IOException {
        Path file = backup.resolve(LIST);
        if (Files.notExists(file)) {
            throw broken(backup, "it has no " + LIST + ", so it was never finished");
        }
        String text = Files.readString(file);
        int end = text.lastIndexOf("end ");
        if (!text.startsWith(FORMAT + "\n")
                || end < 0
                || !text.substring(end)
                        .equals("end " + hex(digest(text.substring(0, end))) + "\n")) {
            throw broken(backup, LIST + " is damaged, or of another version");
        }
        Map<String, String> checksums = new TreeMap<>();
        for (String line : text.substring(FORMAT.length() + 1, end).lines().toList()) {
            String[] words = line.split(" ", 3);
            checksums.put(words[2], words[0]);
        }
        return checksums;
    }

    private static IOException broken(Path backup, String why) {
        return new IOException(
                "the backup %s cannot be used: %s. Take another one".formatted(backup, why));
    }

    private static void requireEmpty(Path target) throws IOException {
        if (Files.notExists(target)) {
            return;
        }
        try (Stream<Path> files = Files.list(target)) {
            if (files.findAny().isPresent()) {
                throw new IOException(
                        "%s is not empty: name a directory that does not exist yet"
                                .formatted(target));
            }
        }
    }

    /** What belongs to a copy: all files, without locks and the list itself. */
    private static List<Path> files(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).map(root::relativize).toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals("lock") && !name.equals("LOCK") && !name(file).equals(LIST)) {
                    files.add(file);
                }
            }
        }
        files.sort(null);
        return files;
    }

    private static String name(Path file) {
        return file.toString().replace('\\', '/');
    }

    private static String checksum(Path file) throws IOException {
        MessageDigest sha = sha256();
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha)) {
            in.transferTo(out);
        }
        return hex(sha.digest());
    }

    /** Copies a file durably; the checksum of what was read. */
    private static String copy(Path from, Path to) throws IOException {
        Path parent = to.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        MessageDigest sha = sha256();
        try (InputStream in = Files.newInputStream(from);
                FileChannel channel =
                        FileChannel.open(
                                to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            in.transferTo(new DigestOutputStream(Channels.newOutputStream(channel), sha));
            channel.force(true);
        }
        if (parent != null) {
            DiskLogDirectory.forceDirectory(parent);
        }
        return hex(sha.digest());
    }

    private static byte[] digest(String text) {
        return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
