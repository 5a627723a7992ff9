package io.paybeacon.probe.pace;

import io.paybeacon.probe.limits.Limits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The runs of one gateway that may be under way at the same time. Runs that were asked for by hand
 * wait in order and go before scheduled ones, which come again by themselves. Not thread-safe:
 * everything is called on one event-loop context.
 */
public final class RunRoom {

    private final Queue<Promise<Void>> waiting = new ArrayDeque<>();
    private int runsMax;
    private int runs;

    /** Room for that many runs. */
    public RunRoom(int runsMax) {
        this.runsMax = runsMax;
    }

    /** Changes the room; runs under way beyond it end in peace. */
    public void change(int newRunsMax) {
        runsMax = newRunsMax;
        admit();
    }

    /** Whether a scheduled run may start. */
    public boolean isFree() {
        return runs < runsMax && waiting.isEmpty();
    }

    /** Takes a place that {@link #isFree()} has promised. */
    public void enter() {
        runs++;
    }

    /** Takes a place as soon as there is one; fails when too many wait already. */
    public Future<Void> awaitPlace() {
        if (waiting.size() >= Limits.RUNS_WAITING_MAX) {
            return Future.failedFuture(
                    "%d runs wait for this gateway already".formatted(waiting.size()));
        }
        Promise<Void> promise = Promise.promise();
        waiting.add(promise);
        admit();
        return promise.future();
    }

    /** Gives a place back. */
    public void leave() {
        runs--;
        admit();
    }

    private void admit() {
        while (runs < runsMax && !waiting.isEmpty()) {
            runs++;
            waiting.remove().complete();
        }
    }
}
