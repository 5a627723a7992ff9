package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.gateway.GatewayKind;
import java.util.List;

/**
 * A shipped plan that the demonstration runs.
 *
 * @param gateway whose plan it is
 * @param plan its name among those of its gateway
 * @param probe the name of its probe, a label of metrics: 32 characters at most
 */
record DemoPlan(GatewayKind gateway, String plan, String probe) {
    /** Every shipped plan: money, declines, 3-D Secure, and health of API, TLS and status page. */
    static final List<DemoPlan> ALL =
            List.of(
                    of(GatewayKind.STRIPE, "card-capture-refund"),
                    of(GatewayKind.STRIPE, "card-decline"),
                    of(GatewayKind.STRIPE, "three-d-secure"),
                    of(GatewayKind.STRIPE, "balance"),
                    of(GatewayKind.STRIPE, "health"),
                    new DemoPlan(
                            GatewayKind.PAYPAL,
                            "card-authorise-capture-refund",
                            "paypal-card-capture-refund"),
                    of(GatewayKind.PAYPAL, "card-authorise-void"),
                    of(GatewayKind.PAYPAL, "card-decline"),
                    of(GatewayKind.PAYPAL, "three-d-secure"),
                    of(GatewayKind.PAYPAL, "health"),
                    of(GatewayKind.ADYEN, "card-capture-refund"),
                    of(GatewayKind.ADYEN, "card-cancel"),
                    of(GatewayKind.ADYEN, "card-refused"),
                    of(GatewayKind.ADYEN, "three-d-secure"),
                    of(GatewayKind.ADYEN, "health"),
                    of(GatewayKind.CARD, "card-capture-refund"),
                    of(GatewayKind.CARD, "card-decline"),
                    of(GatewayKind.CARD, "card-challenge"),
                    of(GatewayKind.CARD, "health"));

    private static DemoPlan of(GatewayKind gateway, String plan) {
        return new DemoPlan(gateway, plan, gateway.wireName() + "-" + plan);
    }

    /** The name by which a configuration asks for it. */
    String shipped() {
        return gateway.wireName() + "/" + plan;
    }

    /** Whether it reads a status page whose address it can be given. */
    boolean takesStatusUrl() {
        // The card processor's page is on its own host.
        return plan.equals("health") && gateway != GatewayKind.CARD;
    }
}
