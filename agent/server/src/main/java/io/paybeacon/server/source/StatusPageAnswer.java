package io.paybeacon.server.source;

import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The summary of a status page in the common form, {@code api/v2/summary.json} (as documented on
 * every page of Atlassian Statuspage under /api): of the page as a whole, or the worst of the
 * components that matter.
 */
final class StatusPageAnswer {
    private static final int OPERATIONAL = 0;
    private static final int MAINTENANCE = 1;
    private static final int DEGRADED = 2;
    private static final int PARTIAL_OUTAGE = 3;
    private static final int MAJOR_OUTAGE = 4;

    private StatusPageAnswer() {}

    /**
     * The status: 0 operational, 1 maintenance, 2 degraded, 3 partial outage, 4 major outage.
     *
     * @param components the names that matter, whatever their case; empty for the page as a whole
     * @throws BadAnswerException if it is not such a summary, or lacks a component
     */
    static int read(Document document, List<String> components) throws BadAnswerException {
        try {
            JsonObject summary = new JsonObject(document.text());
            return components.isEmpty() ? ofPage(summary) : ofComponents(summary, components);
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            throw new BadAnswerException(
                    SourceReason.MALFORMED,
                    "the answer is not a status page's summary; " + document.said());
        }
    }

    private static int ofPage(JsonObject summary) throws BadAnswerException {
        String indicator = summary.getJsonObject("status").getString("indicator");
        return switch (indicator) {
            case "none" -> OPERATIONAL;
            case "maintenance" -> MAINTENANCE;
            case "minor" -> DEGRADED;
            case "major" -> PARTIAL_OUTAGE;
            case "critical" -> MAJOR_OUTAGE;
            default ->
                    throw new BadAnswerException(
                            SourceReason.BAD_VALUE, "the page has an indicator of its own");
        };
    }

    private static int ofComponents(JsonObject summary, List<String> wanted)
            throws BadAnswerException {
        JsonArray all = summary.getJsonArray("components");
        List<String> missing =
                new ArrayList<>(wanted.stream().map(StatusPageAnswer::lower).toList());
        int worst = OPERATIONAL;
        for (int i = 0; i < all.size(); i++) {
            JsonObject component = all.getJsonObject(i);
            String name = lower(component.getString("name"));
            if (wanted.stream().map(StatusPageAnswer::lower).anyMatch(name::equals)) {
                missing.remove(name);
                worst = Math.max(worst, ofComponent(component.getString("status")));
            }
        }
        if (!missing.isEmpty()) {
            throw new BadAnswerException(
                    SourceReason.NO_SERIES,
                    "the page has no component " + String.join(", ", missing));
        }
        return worst;
    }

    private static int ofComponent(String status) throws BadAnswerException {
        return switch (status) {
            case "operational" -> OPERATIONAL;
            case "under_maintenance" -> MAINTENANCE;
            case "degraded_performance" -> DEGRADED;
            case "partial_outage" -> PARTIAL_OUTAGE;
            case "major_outage" -> MAJOR_OUTAGE;
            default ->
                    throw new BadAnswerException(
                            SourceReason.BAD_VALUE, "a component has a status of its own");
        };
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
