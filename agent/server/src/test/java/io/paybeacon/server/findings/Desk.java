package io.paybeacon.server.findings;

import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.event.FindingEvent;
import io.paybeacon.core.event.FindingEvent.Act;
import io.paybeacon.core.event.FindingEvent.Acted;
import io.paybeacon.core.event.FindingEvent.Ended;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.core.finding.FindingStage;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/** What an engine does with findings: the real stage keeps the record, outputs are collected. */
final class Desk implements FindingStore.Records {
    private static final Reference REFERENCE = Reference.defaults();

    private final FindingStage stage = new FindingStage();
    private final NavigableMap<String, FindingRecord> records = new TreeMap<>();
    private final TreeMap<String, Instant> deadlines = new TreeMap<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    Instant now;

    Desk(Instant now) {
        this.now = now;
    }

    void open(Finding finding) {
        tell(
                records.containsKey(finding.id())
                        ? new FindingUpdated(finding)
                        : new FindingOpened(finding));
        apply(
                new Found(
                        origin("found"),
                        finding.id(),
                        finding.kind().label(),
                        finding.severity().label(),
                        finding.gateway(),
                        finding.subject(),
                        finding.openedAt(),
                        finding.atStake(),
                        finding.cause(),
                        finding.remedy(),
                        finding.evidence()));
    }

    void end(String id, Resolution resolution) {
        tell(new FindingResolved(id, now, resolution));
        apply(new Ended(origin("ended"), id, resolution.label()));
    }

    void act(String id, String actor, Act act) {
        apply(new Acted(origin("act-" + deliveries.size()), id, actor, act));
    }

    void tick(Instant at) {
        now = at;
        for (String id : List.copyOf(deadlines.keySet())) {
            if (!deadlines.get(id).isAfter(at)) {
                keep(id, stage.onDeadline(id, records.get(id), new Context(at, REFERENCE)));
            }
        }
    }

    private void apply(FindingEvent event) {
        keep(
                event.finding(),
                stage.apply(records.get(event.finding()), event, new Context(now, REFERENCE)));
    }

    private void keep(String id, Effect<FindingRecord> effect) {
        if (effect.state() == null) {
            records.remove(id);
        } else {
            records.put(id, stage.codec().decode(stage.codec().encode(effect.state())));
        }
        if (effect.deadline() == null) {
            deadlines.remove(id);
        } else {
            deadlines.put(id, effect.deadline());
        }
        effect.outputs().forEach(this::tell);
    }

    private void tell(Output output) {
        long position = deliveries.size() + 1L;
        deliveries.add(new Delivery("delivery " + position, position, output));
    }

    private Origin origin(String eventId) {
        return new Origin("stripe_eu", eventId, now);
    }

    /** Everything that is delivered, in order. */
    List<Delivery> deliveries() {
        return deliveries;
    }

    @Override
    public SequencedMap<String, FindingRecord> page(String after, int recordsMax) {
        SequencedMap<String, FindingRecord> page = new LinkedHashMap<>();
        records.tailMap(after, false).entrySet().stream()
                .limit(recordsMax)
                .forEach(entry -> page.put(entry.getKey(), entry.getValue()));
        return page;
    }
}
