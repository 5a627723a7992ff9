package io.paybeacon.server.reload;

import java.util.concurrent.CompletableFuture;

/** Reads the configuration anew. */
@FunctionalInterface
public interface Reloading {
    /** Does it after those that were asked for before. Never blocks; the future never fails. */
    CompletableFuture<ReloadResult> reload(ReloadCause cause);
}
