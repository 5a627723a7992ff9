package io.paybeacon.server.config.schema;

import io.paybeacon.probe.health.HealthSettings;
import io.paybeacon.server.config.schema.Shape.Group;
import io.paybeacon.server.config.schema.Shape.OneOrMore;
import io.paybeacon.server.config.schema.Shape.Span;
import io.paybeacon.server.config.schema.Shape.Text;

/** The keys of the agent's own health. */
public final class HealthKeys {
    private static final HealthSettings STANDARD = HealthSettings.DEFAULT;

    /** The agent's own health. */
    public static final Group HEALTH =
            Group.of(
                    Key.optional(
                            "canaries",
                            new OneOrMore(
                                    new Text(
                                            "`tcp://host:port` or `dns://name`",
                                            "(tcp|dns)://.+",
                                            "tcp://1.1.1.1:443")),
                            "none",
                            "What must be reachable while the agent's own network works; no"
                                    + " gateway. When all of a kind fail, failures of probes count"
                                    + " as the agent's own."),
                    span(
                            "every",
                            "from 1s to 1m",
                            "5s",
                            Defaults.text(STANDARD.canaryInterval()),
                            "The time between two rounds of canaries."),
                    span(
                            "timeout",
                            "at most `every`",
                            "2s",
                            Defaults.text(STANDARD.canaryTimeout()),
                            "How long a canary may take."),
                    span(
                            "eventLoopLagMax",
                            "at most 1m",
                            "500ms",
                            Defaults.text(STANDARD.loopLagMin()),
                            "The lag of an event loop beyond which results are the agent's fault."),
                    span(
                            "pauseMax",
                            "at most 1m",
                            "500ms",
                            Defaults.text(STANDARD.pauseMin()),
                            "The pause of the process beyond which results are the agent's"
                                    + " fault."),
                    span(
                            "clockJumpMax",
                            "at most 1m",
                            "1s",
                            Defaults.text(STANDARD.clockJumpMin()),
                            "The jump of the wall clock beyond which results are the agent's"
                                    + " fault."),
                    span(
                            "recovery",
                            "at most 1h",
                            "10s",
                            Defaults.text(STANDARD.recovery()),
                            "The quiet time after a pause or a lag until the agent counts as well"
                                    + " again."),
                    span(
                            "clockSettle",
                            "at most 1h",
                            "2m",
                            Defaults.text(STANDARD.clockSettle()),
                            "The time after a jump of the wall clock until it is trusted again."));

    private HealthKeys() {}

    private static Key span(
            String name, String limits, String example, String standard, String meaning) {
        return Key.optional(name, new Span(limits, example), standard, meaning);
    }
}
