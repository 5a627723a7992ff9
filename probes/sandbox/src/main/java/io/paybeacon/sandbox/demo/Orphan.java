package io.paybeacon.sandbox.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A probe run that may have left money at a gateway, as the agent's journal says.
 *
 * @param gateway the configured name
 */
record Orphan(String gateway, String run, String probe) {
    /** What {@code paybeacon orphans --json} printed. */
    static List<Orphan> read(String json) {
        return new JsonObject(json)
                .getJsonArray("orphans", new JsonArray()).stream()
                        .map(JsonObject.class::cast)
                        .map(left ->
                                new Orphan(
                                        left.getString("gateway"),
                                        left.getString("run"),
                                        left.getString("probe")))
                        .toList();
    }
}
