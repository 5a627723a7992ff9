package io.paybeacon.server.replay;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands where the events put it, and never goes back. One thread sets it. */
final class ReplayClock implements InstantSource {
    private volatile Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
        return now;
    }

    /** Goes on to that moment; stays where it is when that has passed. */
    void reach(Instant moment) {
        if (moment.isAfter(now)) {
            now = moment;
        }
    }
}
