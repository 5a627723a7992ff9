package io.paybeacon.probe.journal;

import io.paybeacon.probe.plan.SideEffect;
import io.paybeacon.probe.yaml.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run that may have left something behind.
 *
 * @param run id of the run
 * @param probe name of the probe
 * @param plan name of the plan
 * @param gateway gateway account
 * @param sent its side effects that were sent and not refused, in order
 * @param variables all that is known of it
 */
public record OpenRun(
        String run,
        String probe,
        String plan,
        String gateway,
        List<JournalEntry.Sent> sent,
        Map<String, Value> variables) {

    public OpenRun {
        sent = List.copyOf(sent);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    static OpenRun of(JournalEntry.Sent first) {
        return new OpenRun(
                first.run(),
                first.probe(),
                first.plan(),
                first.gateway(),
                List.of(first),
                first.variables());
    }

    OpenRun with(JournalEntry.Sent next) {
        List<JournalEntry.Sent> all = new ArrayList<>(sent);
        all.add(next);
        return new OpenRun(run, probe, plan, gateway, all, merged(next.variables()));
    }

    OpenRun with(Map<String, Value> learned) {
        return new OpenRun(run, probe, plan, gateway, sent, merged(learned));
    }

    OpenRun without(String step) {
        List<JournalEntry.Sent> rest =
                sent.stream().filter(effect -> !effect.step().equals(step)).toList();
        return new OpenRun(run, probe, plan, gateway, rest, variables);
    }

    /** Whether there may be something to clean up. */
    boolean isOpen() {
        return sent.stream().anyMatch(effect -> effect.kind().opens());
    }

    /** Whether money may be held. */
    public boolean holdsMoney() {
        return sent.stream().anyMatch(effect -> effect.kind() == SideEffect.Kind.HOLD);
    }

    private Map<String, Value> merged(Map<String, Value> learned) {
        Map<String, Value> all = new LinkedHashMap<>(variables);
        all.putAll(learned);
        return all;
    }
}
