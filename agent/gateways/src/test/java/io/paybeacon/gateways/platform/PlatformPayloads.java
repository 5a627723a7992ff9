package io.paybeacon.gateways.platform;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Batches of one event of each type. */
public final class PlatformPayloads {
    private PlatformPayloads() {}

    /** All of them. */
    public static List<String> all() {
        return PlatformSamples.events().stream()
                .map(event -> PlatformEventWriter.writeBatch(List.of(event)))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }
}
