package io.paybeacon.sandbox;

import io.paybeacon.sandbox.fault.Effect;
import io.paybeacon.sandbox.fault.FaultEngine.Installed;
import io.paybeacon.sandbox.fault.FaultTarget;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A gateway's status page in the form of statuspage.io's {@code api/v2/summary.json}. It tells of
 * the faults that are active now, as a gateway that knows its own troubles would.
 */
final class StatusPage {
    /** From better to worse, with the indicator the whole page shows for it. */
    private enum Level {
        OPERATIONAL("none", "All Systems Operational"),
        DEGRADED_PERFORMANCE("minor", "Partially Degraded Service"),
        PARTIAL_OUTAGE("major", "Partial System Outage"),
        MAJOR_OUTAGE("critical", "Major Service Outage");

        private final String indicator;
        private final String description;

        Level(String indicator, String description) {
            this.indicator = indicator;
            this.description = description;
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        Level worst(Level other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    private enum Component {
        API("API"),
        PAYMENTS("Payments"),
        WEBHOOKS("Webhooks");

        private final String title;

        Component(String title) {
            this.title = title;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Trouble(Component component, Level level) {}

    /** A fault that strikes fewer requests than this leaves a part of the service. */
    private static final double MOST = 0.9;

    private StatusPage() {}

    /**
     * The page.
     *
     * @param now when it was updated
     */
    static JsonObject summary(GatewayKind kind, String url, List<Installed> faults, Instant now) {
        Map<Component, Level> levels = new EnumMap<>(Component.class);
        JsonArray incidents = new JsonArray();
        Level worst = Level.OPERATIONAL;
        for (Installed fault : faults) {
            if (fault.active()) {
                Trouble trouble = trouble(fault);
                levels.merge(trouble.component(), trouble.level(), Level::worst);
                worst = worst.worst(trouble.level());
                incidents.add(incident(fault, trouble));
            }
        }
        JsonArray components = new JsonArray();
        for (Component component : Component.values()) {
            Level level = levels.getOrDefault(component, Level.OPERATIONAL);
            components.add(component(component, level, now));
        }
        return new JsonObject()
                .put(
                        "page",
                        new JsonObject()
                                .put("id", "sandbox-" + kind.wireName())
                                .put("name", "Sandbox " + kind.wireName())
                                .put("url", url)
                                .put("time_zone", "Etc/UTC")
                                .put("updated_at", now.toString()))
                .put(
                        "status",
                        new JsonObject()
                                .put("indicator", worst.indicator)
                                .put("description", worst.description))
                .put("components", components)
                .put("incidents", incidents)
                .put("scheduled_maintenances", new JsonArray());
    }

    private static JsonObject component(Component component, Level level, Instant now) {
        return new JsonObject()
                .put("id", component.id())
                .put("name", component.title)
                .put("status", level.wireName())
                .put("updated_at", now.toString())
                .put("group", false);
    }

    private static JsonObject incident(Installed fault, Trouble trouble) {
        String impact = trouble.level().indicator;
        return new JsonObject()
                .put("id", fault.id())
                .put("name", trouble.component().title + ": " + fault.fault().describe())
                .put("status", "investigating")
                .put("impact", impact)
                .put("created_at", fault.since().toString())
                .put("started_at", fault.since().toString())
                .put("components", new JsonArray().add(trouble.component().id()));
    }

    private static Trouble trouble(Installed installed) {
        boolean most = installed.fault().probability() >= MOST;
        boolean everywhere = installed.fault().target() instanceof FaultTarget.EveryOperation;
        Level failing = most && everywhere ? Level.MAJOR_OUTAGE : Level.PARTIAL_OUTAGE;
        return switch (installed.fault().effect()) {
            case Effect.Status status -> new Trouble(Component.API, failing);
            case Effect.Reset reset -> new Trouble(Component.API, failing);
            case Effect.Close close -> new Trouble(Component.API, failing);
            case Effect.BlackHole hole -> new Trouble(Component.API, failing);
            case Effect.Malformed malformed -> new Trouble(Component.API, failing);
            case Effect.Latency late -> new Trouble(Component.API, Level.DEGRADED_PERFORMANCE);
            case Effect.Drip drip -> new Trouble(Component.API, Level.DEGRADED_PERFORMANCE);
            case Effect.OnConnection port -> new Trouble(Component.API, Level.MAJOR_OUTAGE);
            case Effect.OnClock skew -> new Trouble(Component.API, Level.DEGRADED_PERFORMANCE);
            case Effect.WrongAmount wrong -> new Trouble(Component.PAYMENTS, Level.PARTIAL_OUTAGE);
            case Effect.DoubleCharge twice -> new Trouble(Component.PAYMENTS, Level.PARTIAL_OUTAGE);
            case Effect.Decline decline ->
                    new Trouble(Component.PAYMENTS, Level.DEGRADED_PERFORMANCE);
            case Effect.Held held -> new Trouble(Component.WEBHOOKS, Level.PARTIAL_OUTAGE);
            case Effect.Lost lost -> new Trouble(Component.WEBHOOKS, Level.PARTIAL_OUTAGE);
            case Effect.BadlySigned bad -> new Trouble(Component.WEBHOOKS, Level.PARTIAL_OUTAGE);
            case Effect.Delayed late -> new Trouble(Component.WEBHOOKS, Level.DEGRADED_PERFORMANCE);
            case Effect.Duplicated twice ->
                    new Trouble(Component.WEBHOOKS, Level.DEGRADED_PERFORMANCE);
            case Effect.Reordered mixed ->
                    new Trouble(Component.WEBHOOKS, Level.DEGRADED_PERFORMANCE);
        };
    }
}
