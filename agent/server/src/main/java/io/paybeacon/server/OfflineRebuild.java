package io.paybeacon.server;

import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.embedded.EmbeddedEngine;
import io.paybeacon.embedded.EngineOptions;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.findings.FindingStore;
import io.paybeacon.server.findings.FindingStoreException;
import io.paybeacon.telemetry.Inventory;
import io.paybeacon.telemetry.ProcessMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Writes the findings store anew from an engine that does not run. */
public final class OfflineRebuild {
    private OfflineRebuild() {}

    /**
     * Opens the engine in the agent's place, writes the findings of its record, and closes both.
     *
     * @return how many findings there are
     * @throws AgentException if the agent runs, or engine or store cannot be opened, read or
     *     written
     */
    public static long run(AgentConfig config) throws AgentException {
        Path directory = config.data().resolve("engine");
        if (!Files.isDirectory(directory)) {
            throw new AgentException(
                    "there is no engine in " + config.data() + "; check the key data", null);
        }
        InstantSource clock = InstantSource.system();
        ProcessMetrics process =
                new ProcessMetrics(
                        "rebuild",
                        clock.instant(),
                        () -> new Inventory(config.probeNames(), config.sourceNames()));
        try (FindingStore store =
                        FindingStore.openToRebuild(
                                config.findings(),
                                config.data().resolve("findings"),
                                process,
                                System::nanoTime);
                EmbeddedEngine engine =
                        EmbeddedEngine.open(
                                EngineOptions.in(directory),
                                Pipeline.standard(),
                                config.reference(),
                                clock,
                                store)) {
            return store.rebuild(new EngineRecords(engine));
        } catch (IOException | FindingStoreException e) {
            throw new AgentException(String.valueOf(e.getMessage()), e);
        }
    }
}
