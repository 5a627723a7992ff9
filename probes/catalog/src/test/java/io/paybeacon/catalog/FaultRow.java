package io.paybeacon.catalog;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.sandbox.gateway.GatewayKind;
import java.util.List;
import java.util.Locale;

/**
 * A fault and what a probe must say of it.
 *
 * @param what is wrong, in words
 * @param plan a shipped plan
 * @param fault the fault of the sandbox, empty for none
 * @param edits what is replaced in the plan's text, each {@code old => new}
 * @param tls whether the gateway is reached over TLS
 * @param step which step must be named
 * @param reason which reason must be named
 */
record FaultRow(
        String what,
        String plan,
        String fault,
        List<String> edits,
        boolean tls,
        String step,
        ProbeReason reason) {

    private static final String BETWEEN_EDITS = " && ";
    private static final String IMPATIENT = "!";

    /**
     * Reads a row: {@code what | plan | fault | edits | step | reason}. A plan that begins with
     * {@code tls:} goes over TLS; an edit {@code !} cuts the plan's patience to 700 ms.
     */
    static FaultRow parse(String line) {
        String[] cells = line.strip().split("\\s*\\|\\s*", -1);
        if (cells.length != 6) {
            throw new IllegalArgumentException("six cells expected: " + line);
        }
        boolean tls = cells[1].startsWith("tls:");
        return new FaultRow(
                cells[0],
                tls ? cells[1].substring("tls:".length()) : cells[1],
                cells[2],
                cells[3].isEmpty() ? List.of() : List.of(cells[3].split(BETWEEN_EDITS, -1)),
                tls,
                cells[4],
                ProbeReason.valueOf(cells[5].toUpperCase(Locale.ROOT)));
    }

    GatewayKind kind() {
        String name = plan.substring(0, plan.indexOf('/'));
        return GatewayKind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The plan's text with the edits made. An edit that changes nothing is a mistake. */
    String yaml() {
        String yaml = Catalog.open(plan);
        for (String edit : edits) {
            String edited;
            if (edit.equals(IMPATIENT)) {
                edited = yaml.replaceAll("timeout: (1[05]|60)s", "timeout: 700ms");
            } else {
                String[] sides = edit.split(" => ", 2);
                edited = yaml.replace(sides[0], sides[1].replace("\\n", "\n"));
            }
            if (edited.equals(yaml)) {
                throw new IllegalStateException(edit + " changes nothing in " + plan);
            }
            yaml = edited;
        }
        return yaml;
    }

    @Override
    public String toString() {
        return what + " -> " + step + ", " + reason.label();
    }
}
