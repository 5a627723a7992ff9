package io.paybeacon.server.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;

/**
 * Findings for people at a terminal.
 *
 * @param out where they are printed
 */
record FindingText(PrintWriter out) {
    /** A table, a line a finding. */
    void list(JsonObject page) {
        JsonArray findings = page.getJsonArray("findings");
        if (findings.isEmpty()) {
            out.println("No findings.");
        } else {
            out.printf(
                    "%-24s %-8s %-15s %-22s %-16s %s%n",
                    "OPENED", "SEVERITY", "STATE", "KIND", "ASSIGNEE", "ID");
            for (int i = 0; i < findings.size(); i++) {
                line(findings.getJsonObject(i));
            }
        }
        if (page.getString("next") != null) {
            out.println("There are more: --after " + page.getString("next"));
        }
        out.flush();
    }

    private void line(JsonObject finding) {
        out.printf(
                "%-24s %-8s %-15s %-22s %-16s %s%n",
                finding.getString("openedAt"),
                finding.getString("severity"),
                finding.getString("state"),
                finding.getString("kind"),
                text(finding, "assignee"),
                finding.getString("id"));
    }

    private static String text(JsonObject json, String name) {
        String value = json.getString(name);
        return value == null ? "" : value;
    }

    /** Everything of one finding. */
    void one(JsonObject finding) {
        for (String name :
                new String[] {
                    "id",
                    "kind",
                    "severity",
                    "state",
                    "facts",
                    "assignee",
                    "snoozedUntil",
                    "gateway",
                    "subject",
                    "openedAt",
                    "resolvedAt"
                }) {
            if (finding.getString(name) != null) {
                out.printf("%-13s %s%n", name, finding.getString(name));
            }
        }
        JsonObject atStake = finding.getJsonObject("atStake");
        if (atStake != null) {
            out.printf("%-13s %s%n", "atStake", atStake.getString("formatted"));
        }
        out.printf("%-13s %s%n", "cause", finding.getString("cause"));
        out.printf("%-13s %s%n", "remedy", finding.getString("remedy"));
        finding.getJsonObject("evidence")
                .forEach(fact ->
                        out.printf("%-13s %s = %s%n", "evidence", fact.getKey(), fact.getValue()));
        JsonArray acts = finding.getJsonArray("acts");
        for (int i = 0; i < acts.size(); i++) {
            JsonObject act = acts.getJsonObject(i);
            out.printf(
                    "%-13s %s %s: %s -> %s by %s%s%n",
                    i == 0 ? "acts" : "",
                    act.getString("at"),
                    act.getString("act"),
                    act.getString("from"),
                    act.getString("to"),
                    act.getString("actor"),
                    act.getString("detail") == null ? "" : ": " + act.getString("detail"));
        }
        out.flush();
    }
}
