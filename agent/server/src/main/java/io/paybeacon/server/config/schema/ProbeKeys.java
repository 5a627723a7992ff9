package io.paybeacon.server.config.schema;

import io.paybeacon.server.config.schema.Shape.Flag;
import io.paybeacon.server.config.schema.Shape.Group;
import io.paybeacon.server.config.schema.Shape.Named;
import io.paybeacon.server.config.schema.Shape.Scalar;
import io.paybeacon.server.config.schema.Shape.Span;
import io.paybeacon.server.config.schema.Shape.Text;

/** The keys of a probe. */
public final class ProbeKeys {
    /** A probe. */
    public static final Group PROBE =
            Group.of(
                    Key.required(
                            "plan",
                            new Text(
                                    "a shipped plan, or a file that ends in `.yaml`",
                                    "",
                                    "stripe/card-capture-refund"),
                            "What is done. `paybeacon validate` lists the shipped plans when the"
                                    + " name is unknown."),
                    Key.required(
                            "gateway",
                            new Text("a name under `gateways`", "", "stripe"),
                            "At which account; of the kind that the plan is for."),
                    Key.optional(
                            "every",
                            new Span("from 1s to 24h", "15s"),
                            Defaults.text(Defaults.PROBE_EVERY),
                            "The time between two due runs. Runs of many probes are spread over"
                                    + " it."),
                    Key.optional(
                            "variables",
                            new Named("NAME", "", new Scalar("1099")),
                            "the plan's own",
                            "Values in place of the plan's own, such as `amount`."),
                    Key.optional(
                            "confirm",
                            new Flag(),
                            "true",
                            "Whether a failed run is tried once more at once, over a new"
                                    + " connection, as evidence for alerts."),
                    CommonKeys.maintenance("When this probe does not run."));

    private ProbeKeys() {}
}
