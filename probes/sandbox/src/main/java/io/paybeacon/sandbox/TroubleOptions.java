package io.paybeacon.sandbox;

import io.paybeacon.sandbox.fault.Fault;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.market.generate.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options of what goes wrong: faults, incidents, and schedules of both. */
public final class TroubleOptions {
    @Option(names = "--fault", paramLabel = "FAULT", description = "A fault; may be repeated.")
    List<String> faults = List.of();

    @Option(
            names = "--incident",
            paramLabel = "INCIDENT",
            description =
                    "An incident, GATEWAY/KIND[,share=0.8][,network=visa][,issuer=za_bank_1]"
                            + "[,country=ZA][,start=30s],for=2m; may be repeated. Kinds: outage,"
                            + " slow, 3ds_down, issuer_declines, technical_errors, webhook_silence,"
                            + " webhooks_duplicated, webhooks_reordered, secret_rotated,"
                            + " wrong_scale, authorisations_expire, captures_fail, refunds_fail,"
                            + " card_testing, country_shift.")
    List<String> incidents = List.of();

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            description = "A schedule of faults and incidents, which starts with the sandbox.")
    Optional<Path> file = Optional.empty();

    /** For picocli, which fills the options in. */
    public TroubleOptions() {}

    /**
     * What was asked for.
     *
     * @param always faults that are there from the start, by the gateway they are for
     * @param schedule with the incidents among it
     */
    public record Read(List<Map<GatewayKind, Fault>> always, FaultSchedule schedule) {
        public Read {
            always = List.copyOf(always);
        }

        /** The incidents, for marketplaces. */
        public List<Incident> incidents() {
            return schedule.incidents().stream().map(PlannedIncident::incident).toList();
        }

        /**
         * Installs everything and starts the schedule.
         *
         * @throws IllegalStateException when a gateway has too many faults
         */
        public void start(Sandbox sandbox) {
            always.forEach(
                    fault -> fault.forEach((kind, f) -> sandbox.gateway(kind).faults().install(f)));
            schedule.start(sandbox);
        }
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException when one is wrong; the message says what
     */
    public Read read(Set<GatewayKind> running) {
        FaultRouting routing = new FaultRouting(running);
        List<Map<GatewayKind, Fault>> always = faults.stream().map(routing::read).toList();
        FaultSchedule fromFile =
                file.map(path -> schedule(path, routing))
                        .orElseGet(() -> new FaultSchedule(List.of(), List.of()));
        List<PlannedIncident> all = new ArrayList<>(fromFile.incidents());
        incidents.forEach(text -> all.add(PlannedIncident.parse(text)));
        for (PlannedIncident incident : all) {
            if (!running.contains(incident.gateway())) {
                throw new IllegalArgumentException(
                        "an incident is at "
                                + incident.gateway().wireName()
                                + ", which does not run");
            }
        }
        return new Read(always, new FaultSchedule(fromFile.entries(), all));
    }

    private static FaultSchedule schedule(Path file, FaultRouting routing) {
        try {
            return FaultScheduleReader.read(file.toString(), Files.readString(file), routing);
        } catch (IOException e) {
            throw new IllegalArgumentException("--faults: cannot read " + file, e);
        }
    }
}
