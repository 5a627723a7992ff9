package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.fault.Scope;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.market.GroundTruth;
import io.paybeacon.sandbox.market.PaymentTruth;
import io.paybeacon.sandbox.webhook.WebhookCounts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is true of one gateway.
 *
 * @param orders what the marketplace did there
 * @param books where the money is
 * @param webhooks what became of its webhooks
 */
record GatewayTruth(
        GatewayKind gateway, GroundTruth orders, LedgerSnapshot books, WebhookCounts webhooks) {
    /** Payments of the marketplace that its gateway knows. */
    long known() {
        return orders.payments().stream().filter(p -> p.actual().isPresent()).count();
    }

    /** The share of payments with an answer for which it was yes, as the books say. */
    OptionalDouble successShare() {
        long paid = 0;
        long failed = 0;
        for (PaymentTruth payment : orders.payments()) {
            if (payment.actual().isEmpty()) {
                continue;
            }
            switch (payment.actual().get()) {
                case AUTHORISED,
                        CAPTURED,
                        PARTIALLY_REFUNDED,
                        REFUNDED,
                        CANCELLED,
                        CAPTURE_UNDONE ->
                        paid++;
                case DECLINED -> failed++;
                case CREATED, ACTION_REQUIRED, PROCESSING -> {
                    // No answer yet.
                }
            }
        }
        return paid + failed == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(paid / (double) (paid + failed));
    }

    /**
     * The stuck payments that were planted, as the agent calls them; without those that a fault of
     * the gateway let end otherwise.
     */
    Set<String> planted() {
        Set<String> planted = new TreeSet<>();
        orders.stuck().stream()
                .filter(order -> order.actual().equals(Optional.of(order.planned())))
                .map(PaymentTruth::paymentId)
                .flatMap(Optional::stream)
                .forEach(id -> planted.add(gateway.wireName() + ":" + id));
        return planted;
    }

    /** The payments of probes that still hold money, or took some and did not give it back. */
    List<LedgerEntry> moneyLeft() {
        return books.payments().stream()
                .filter(payment -> payment.metadata().containsKey(Scope.PROBE_KEY))
                .filter(payment ->
                        payment.heldMinor() != 0
                                || payment.capturedMinor() != payment.refundedMinor())
                .toList();
    }
}
