package io.paybeacon.sandbox.market.stream;

import io.paybeacon.sandbox.market.generate.Occurrence;
import io.paybeacon.sandbox.market.generate.Simulation;
import io.paybeacon.sandbox.market.generate.SimulationOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs a simulation into files. */
public final class Generation {
    private static final int BUFFER_BYTES = 1 << 20;

    /** How often it is told how far it is. */
    private static final int TELL_EVERY = 4_096;

    private Generation() {}

    /** What was written. */
    public record Counts(long orders, long payments, long events, long planted) {}

    /** Told how far a generation is. */
    public interface Progress {
        /** Simulated milliseconds that are over, of all, and the events written so far. */
        void at(long done, long all, long events);
    }

    /**
     * Runs one to its end.
     *
     * @param events gets what the world is told, a line a message, in the order of telling
     * @param truth gets what is true, see {@link TruthFile}
     * @param platform the configured name under which the platform itself tells things
     * @throws IOException when a file cannot be written
     */
    public static Counts run(
            SimulationOptions options, Path events, Path truth, String platform, Progress progress)
            throws IOException {
        long from = options.start().toEpochMilli();
        long all = options.untilMillis() - from;
        long written = 0;
        try (OutputStream eventStream = open(events);
                TruthFile truthFile = new TruthFile(open(truth), options);
                EventLines lines = new EventLines(eventStream, options.seed(), platform)) {
            Simulation simulation = new Simulation(options, truthFile);
            while (simulation.hasNext()) {
                Occurrence occurrence = simulation.next();
                written += lines.write(occurrence);
                if (written % TELL_EVERY == 0) {
                    progress.at(occurrence.toldMillis() - from, all, written);
                }
            }
            progress.at(all, all, written);
            return new Counts(
                    simulation.orders(),
                    truthFile.payments(),
                    written,
                    truthFile.plantings().size());
        }
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
    }
}
