package io.paybeacon.embedded;

/** The threads of an engine. */
final class Threads {
    private Threads() {}

    /**
     * Returns when the thread has ended, though the caller be interrupted meanwhile: what the
     * thread uses is freed next, and native memory must not be freed under it.
     */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
