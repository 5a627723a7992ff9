package io.paybeacon.sandbox.fault;

import java.util.List;
import java.util.stream.Stream;

/** The words for effects and options, by what they can be aimed at. */
final class EffectNames {
    static final List<String> OF_REQUESTS =
            List.of(
                    "latency",
                    "status",
                    "reset",
                    "close",
                    "blackhole",
                    "drip",
                    "malformed",
                    "amount_offset",
                    "double_charge",
                    "decline");
    static final List<String> OF_WEBHOOKS =
            List.of("lost", "delayed", "duplicated", "reordered", "held", "badly_signed");
    static final List<String> OF_CONNECTIONS = List.of("refused", "silent", "certificate");
    static final List<String> OF_CLOCK = List.of("skew");
    static final List<String> ALL =
            Stream.of(OF_REQUESTS, OF_WEBHOOKS, OF_CONNECTIONS, OF_CLOCK)
                    .flatMap(List::stream)
                    .toList();
    static final List<String> OPTIONS =
            List.of(
                    "when",
                    "tail",
                    "scope",
                    "metadata.KEY",
                    "events",
                    "network",
                    "issuer",
                    "country",
                    "probability",
                    "count",
                    "start",
                    "for",
                    "every",
                    "burst");
    static final List<Integer> STATUSES = List.of(401, 403, 408, 429, 500, 502, 503, 504);

    private EffectNames() {}

    /** The effects that a target knows. */
    static List<String> of(FaultTarget target) {
        return switch (target) {
            case FaultTarget.EveryOperation() -> OF_REQUESTS;
            case FaultTarget.OneOperation(Operation operation) -> OF_REQUESTS;
            case FaultTarget.Webhooks() -> OF_WEBHOOKS;
            case FaultTarget.Connections() -> OF_CONNECTIONS;
            case FaultTarget.Clock() -> OF_CLOCK;
        };
    }

    static boolean isOption(String name) {
        return OPTIONS.contains(name) || name.startsWith("metadata.");
    }
}
