package io.paybeacon.server.reload;

import io.paybeacon.probe.yaml.Problem;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.ConfigFiles;
import io.paybeacon.server.config.ConfigReading;
import io.paybeacon.server.reload.Swap.SwapFailedException;
import io.paybeacon.telemetry.ProcessMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the configuration up to date: reads it anew when asked, and when one of its files has
 * another content. One reading at a time, on a thread of its own; a configuration with a mistake
 * changes nothing. Safe for use by many threads.
 *
 * <p>Files are compared by their content, not by their times: a rotated secret may come with the
 * times and the size of the one before. A change counts once two looks in a row see the same, so
 * that a file that is being written is left to its writer.
 */
public final class ConfigReload implements Reloading, AutoCloseable {
    /** Between two looks at the files. */
    public static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** Reloads that wait at most. */
    static final int WAITING_MAX = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ConfigReload.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(20);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("paybeacon-reload").factory());
    private final AtomicInteger waiting = new AtomicInteger();
    private final Function<AgentConfig, ConfigReading> reader;
    private final Swap swap;
    private final ProcessMetrics process;
    private final InstantSource clock;

    /** Only on the thread, as the two below. */
    private AgentConfig inForce;

    /** The files as the last reading found them. */
    private ConfigFiles read;

    /** The files as the last look saw them, when that was something else. */
    private @Nullable ConfigFiles changed;

    /**
     * Looks at the files from now on.
     *
     * @param reader reads the configuration anew, given the one in force
     * @param inForce what the agent was started with
     * @param lookEvery between two looks at the files
     */
    public ConfigReload(
            Function<AgentConfig, ConfigReading> reader,
            ConfigReading.Accepted inForce,
            Swap swap,
            ProcessMetrics process,
            InstantSource clock,
            Duration lookEvery) {
        this.reader = reader;
        this.inForce = inForce.config();
        this.read = inForce.files();
        this.swap = swap;
        this.process = process;
        this.clock = clock;
        var _ =
                thread.scheduleWithFixedDelay(
                        this::look,
                        lookEvery.toMillis(),
                        lookEvery.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletableFuture<ReloadResult> reload(ReloadCause cause) {
        if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            return CompletableFuture.completedFuture(new ReloadResult.Busy());
        }
        CompletableFuture<ReloadResult> result = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                waiting.decrementAndGet();
                result.complete(now(cause));
            });
        } catch (RejectedExecutionException e) {
            waiting.decrementAndGet();
            result.complete(new ReloadResult.Failed("the agent is stopping"));
        }
        return result;
    }

    private void look() {
        try {
            ConfigFiles current = read.now();
            if (current.equals(read)) {
                changed = null;
            } else if (current.equals(changed)) {
                now(ReloadCause.FILE_CHANGE);
            } else {
                changed = current;
            }
        } catch (RuntimeException e) {
            // An executor would never look again.
            LOG.error("A look at the files of the configuration failed", e);
        }
    }

    private ReloadResult now(ReloadCause cause) {
        changed = null;
        ReloadResult result;
        try {
            result = attempt();
        } catch (RuntimeException e) {
            LOG.error("Reading the configuration anew failed", e);
            result = new ReloadResult.Failed("the agent failed; its log says why");
        }
        tell(cause, result);
        return result;
    }

    private ReloadResult attempt() {
        ConfigReading reading = reader.apply(inForce);
        read = reading.files();
        return switch (reading) {
            case ConfigReading.Rejected(List<Problem> problems, _) ->
                    new ReloadResult.Rejected(problems);
            case ConfigReading.Accepted(AgentConfig config, _) -> {
                ConfigChanges changes = ConfigChanges.between(inForce, config);
                try {
                    if (!changes.none()) {
                        swap.swap(inForce, config);
                    }
                } catch (SwapFailedException e) {
                    LOG.error("The configuration could not be brought into force", e);
                    yield new ReloadResult.Failed(String.valueOf(e.getMessage()));
                }
                inForce = config;
                yield new ReloadResult.Applied(changes);
            }
        };
    }

    private void tell(ReloadCause cause, ReloadResult result) {
        switch (result) {
            case ReloadResult.Applied(ConfigChanges changes) -> {
                process.configReloaded(clock.instant());
                LOG.info(
                        "Configuration read anew after {}: {}",
                        cause,
                        changes.none() ? "nothing has changed" : text(changes));
            }
            case ReloadResult.Rejected(List<Problem> problems) -> {
                process.configReloadFailed();
                problems.forEach(problem -> LOG.error("{}", problem));
                LOG.error(
                        "Configuration read anew after {}: it has {} {}, so the one before stays in"
                                + " force",
                        cause,
                        problems.size(),
                        problems.size() == 1 ? "mistake" : "mistakes");
            }
            case ReloadResult.Failed(String why) -> {
                process.configReloadFailed();
                LOG.error("Configuration read anew after {}: not in force: {}", cause, why);
            }
            case ReloadResult.Busy _ -> {
                // Never given by an attempt.
            }
        }
    }

    private static String text(ConfigChanges changes) {
        StringBuilder text = new StringBuilder();
        append(text, "gateways", changes.gateways());
        append(text, "probes", changes.probes());
        append(text, "sources", changes.sources());
        append(text, "modules", changes.modules());
        if (!changes.others().isEmpty()) {
            text.append(text.isEmpty() ? "" : "; ").append("changed ").append(changes.others());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String kind, Changes changes) {
        if (!changes.none()) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(kind)
                    .append(": added ")
                    .append(changes.added())
                    .append(", removed ")
                    .append(changes.removed())
                    .append(", changed ")
                    .append(changes.changed())
                    .append(", ")
                    .append(changes.untouched().size())
                    .append(" untouched");
        }
    }

    /** Looks no more; what is under way ends first, within a bound. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_MAX.toSeconds(), TimeUnit.SECONDS)) {
                LOG.error("A reload did not end within {} s", CLOSE_MAX.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
