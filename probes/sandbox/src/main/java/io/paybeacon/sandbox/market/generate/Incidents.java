package io.paybeacon.sandbox.market.generate;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The incidents of one simulation, asked by time and place. Immutable. */
final class Incidents {
    private final List<Incident> all;

    Incidents(List<Incident> all) {
        this.all = List.copyOf(all);
    }

    /** The incident of that kind that hits this payment now, by its share. */
    Optional<Incident> hit(
            IncidentKind kind,
            String gateway,
            long atMillis,
            Payer payer,
            SplittableRandom random) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return on(kind, gateway, atMillis)
                .filter(incident -> incident.covers(payer))
                .filter(incident -> random.nextInt(1_000) < incident.permille());
    }

    /** The incident of that kind at that gateway now, whatever its share and slice. */
    Optional<Incident> on(IncidentKind kind, String gateway, long atMillis) {
        for (Incident incident : all) {
            if (incident.on(kind, gateway, atMillis)) {
                return Optional.of(incident);
            }
        }
        return Optional.empty();
    }
}
