package io.paybeacon.server.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets a command that is interrupted (SIGINT, SIGTERM, SIGHUP) end in order, and the process end
 * with the command's own exit code. Thread-safe.
 */
final class Interruption implements AutoCloseable {
    /** Longer than the cleanup of a run may take; what is not clean by then is in the journal. */
    private static final Duration END_MAX = Duration.ofSeconds(50);

    private final AtomicReference<Runnable> reaction = new AtomicReference<>(() -> {});
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger(ExitCode.AGENT);
    private final Thread hook = new Thread(this::interrupted, "paybeacon-interrupted");
    private volatile boolean requested;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether it is to end. */
    boolean isRequested() {
        return requested;
    }

    /** What makes the command end sooner; called on a thread of its own. */
    void onRequest(Runnable what) {
        reaction.set(what);
    }

    private void interrupted() {
        requested = true;
        reaction.get().run();
        try {
            if (!ended.await(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.AGENT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A signal's own code would say nothing of what was found so far.
        Runtime.getRuntime().halt(exitCode.get());
    }

    /** The command has ended: all is told and written. */
    void ended(int code) {
        exitCode.set(code);
        ended.countDown();
    }

    @Override
    public void close() {
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process ends just now, and the hook has its turn.
                requested = true;
            }
        }
        ended.countDown();
    }
}
