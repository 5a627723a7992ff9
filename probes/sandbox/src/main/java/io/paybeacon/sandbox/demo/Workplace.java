package io.paybeacon.sandbox.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one demonstration: a temporary one, which goes with it, or one to keep.
 *
 * @param directory exists
 */
record Workplace(Path directory, boolean kept) implements AutoCloseable {
    /**
     * Makes the directory.
     *
     * @param keep the one to keep; it must not exist yet
     * @throws DemoException if it cannot be made
     */
    static Workplace open(Optional<Path> keep) {
        try {
            return keep.isPresent()
                    ? new Workplace(Files.createDirectory(keep.get().toAbsolutePath()), true)
                    : new Workplace(Files.createTempDirectory("paybeacon-demo-"), false);
        } catch (IOException e) {
            throw new DemoException(
                    "cannot make the directory %s: it must be new, in one that exists and can be"
                                    .formatted(keep.map(Path::toString).orElse("of the agent"))
                            + " written to");
        }
    }

    /** Deletes it with all that is in it, unless it is kept. */
    @Override
    public void close() {
        if (kept) {
            return;
        }
        try {
            Files.walkFileTree(directory, new Deletion());
        } catch (IOException e) {
            throw new DemoException("cannot delete " + directory + ": " + e.getMessage());
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
        }
    }
}
