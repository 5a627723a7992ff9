package io.paybeacon.embedded;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.stage.Reference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What waits to be processed. */
sealed interface Input {
    /** What its sender was promised. */
    Promise promise();

    /** Events of one call, stamped at the door. */
    record Told(List<Event> events, Instant acceptedAt, Promise promise) implements Input {}

    /** Time advances. */
    record Ticked(Instant now, Promise promise) implements Input {}

    /** What all keys share changes. */
    record Referred(Reference reference, Promise promise) implements Input {}

    /**
     * Everything durable is copied.
     *
     * @param target does not exist yet
     */
    record Copied(Path target, Promise promise) implements Input {}

    /** To say when the input is durable. Equal to itself only. */
    final class Promise {
        final CompletableFuture<Void> future = new CompletableFuture<>();
    }
}
