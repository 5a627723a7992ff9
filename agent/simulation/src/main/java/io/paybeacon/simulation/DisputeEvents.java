package io.paybeacon.simulation;

import io.paybeacon.core.event.DisputeEvent;
import io.paybeacon.core.event.DisputeEvent.FraudWarned;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentFact.Disputed;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.sandbox.market.generate.Happening;
import java.time.Instant;
import java.util.List;

/** Warnings and disputes, told by charge and not by payment, as gateways do. */
final class DisputeEvents {
    private DisputeEvents() {}

    static List<Event> warned(Origin origin, Happening.FraudWarned warned) {
        ProviderReference warning = new ProviderReference(warned.gateway(), warned.warning());
        return List.of(
                new FraudWarned(origin, warning, MarketEvents.charge(warned.payment()), "", true),
                new Unresolved(
                        origin,
                        MarketEvents.charge(warned.payment()),
                        List.of(new Disputed(warned.warning(), DisputeStatus.FRAUD_WARNING))));
    }

    static List<Event> opened(Origin origin, Happening.DisputeOpened opened) {
        return disputed(
                origin,
                opened.payment(),
                opened.dispute(),
                new DisputeEvent.Reported(
                        origin,
                        new ProviderReference(opened.gateway(), opened.dispute()),
                        MarketEvents.charge(opened.payment()),
                        DisputeStatus.NEEDS_RESPONSE,
                        MarketEvents.money(opened.amountMinor(), opened.currency()),
                        opened.reason(),
                        "",
                        Instant.ofEpochMilli(opened.dueMillis())));
    }

    static List<Event> closed(Origin origin, Happening.DisputeClosed closed) {
        return disputed(
                origin,
                closed.payment(),
                closed.dispute(),
                new DisputeEvent.Reported(
                        origin,
                        new ProviderReference(closed.gateway(), closed.dispute()),
                        MarketEvents.charge(closed.payment()),
                        closed.won() ? DisputeStatus.WON : DisputeStatus.LOST,
                        MarketEvents.money(closed.amountMinor(), closed.currency()),
                        "",
                        "",
                        null));
    }

    private static List<Event> disputed(
            Origin origin, String payment, String dispute, DisputeEvent.Reported reported) {
        return List.of(
                reported,
                new Unresolved(
                        origin,
                        MarketEvents.charge(payment),
                        List.of(new Disputed(dispute, reported.status()))));
    }
}
