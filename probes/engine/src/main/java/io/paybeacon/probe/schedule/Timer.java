package io.paybeacon.probe.schedule;

import java.time.Duration;

/** Runs tasks later. Who implements it says on which thread. */
@FunctionalInterface
public interface Timer {

    /** Runs a task after a delay; the returned action cancels it. */
    Runnable after(Duration delay, Runnable task);
}
