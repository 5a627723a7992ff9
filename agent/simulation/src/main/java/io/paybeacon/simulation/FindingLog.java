package io.paybeacon.simulation;

import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Output.FindingHandled;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Measurement;
import io.paybeacon.core.output.Output.Notify;
import io.paybeacon.core.output.Resolution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an engine told the world of findings, each delivery once. Safe for use by many threads. */
public final class FindingLog implements OutputSink {
    private final Map<String, Told> byId = new LinkedHashMap<>();
    private final Set<String> deliveries = new HashSet<>();
    private final Map<String, Integer> notifications = new LinkedHashMap<>();

    /**
     * A finding.
     *
     * @param finding as it was opened
     * @param resolution how it ended; null while it is open
     */
    public record Told(Finding finding, @Nullable Resolution resolution) {}

    @Override
    public synchronized void deliver(List<Delivery> batch) {
        for (Delivery delivery : batch) {
            if (deliveries.add(delivery.id())) {
                take(delivery);
            }
        }
    }

    private void take(Delivery delivery) {
        switch (delivery.output()) {
            case FindingOpened(Finding finding) -> byId.put(finding.id(), new Told(finding, null));
            case FindingResolved(String id, _, Resolution resolution) -> {
                Told told = byId.get(id);
                if (told != null) {
                    byId.put(id, new Told(told.finding(), resolution));
                }
            }
            case Notify(var notification) ->
                    notifications.merge(notification.id(), 1, Integer::sum);
            case FindingUpdated _, FindingHandled _, Forward _, Measurement _ -> {
                // Changes nothing about whether it is open.
            }
        }
    }

    /** Every finding that was ever opened. */
    public synchronized List<Told> all() {
        return new ArrayList<>(byId.values());
    }

    /** Those that are open, by id. */
    public synchronized Map<String, Finding> open() {
        Map<String, Finding> open = new LinkedHashMap<>();
        byId.forEach((id, told) -> {
            if (told.resolution() == null) {
                open.put(id, told.finding());
            }
        });
        return open;
    }

    /** How often each notification was told under an id of its own. */
    public synchronized Map<String, Integer> notifications() {
        return new LinkedHashMap<>(notifications);
    }
}
