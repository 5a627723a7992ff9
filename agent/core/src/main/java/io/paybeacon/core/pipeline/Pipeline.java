package io.paybeacon.core.pipeline;

import io.paybeacon.core.customer.CustomerStage;
import io.paybeacon.core.event.ConfigurationEvent;
import io.paybeacon.core.event.CustomerEvent;
import io.paybeacon.core.event.DisputeEvent;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.FeeEvent;
import io.paybeacon.core.event.FeedbackEvent;
import io.paybeacon.core.event.FindingEvent;
import io.paybeacon.core.event.GatewayEvent;
import io.paybeacon.core.event.IdentityEvent;
import io.paybeacon.core.event.IntakeEvent;
import io.paybeacon.core.event.LedgerEvent;
import io.paybeacon.core.event.OrderEvent;
import io.paybeacon.core.event.PaymentEvent;
import io.paybeacon.core.event.PayoutEvent;
import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.RegisterEvent;
import io.paybeacon.core.event.SettlementEvent;
import io.paybeacon.core.event.SourceEvent;
import io.paybeacon.core.event.TransferEvent;
import io.paybeacon.core.finding.FindingStage;
import io.paybeacon.core.finding.RecordedStage;
import io.paybeacon.core.gateway.GatewayStage;
import io.paybeacon.core.identity.IdentityStage;
import io.paybeacon.core.intake.IntakeStage;
import io.paybeacon.core.order.OrderStage;
import io.paybeacon.core.payment.PaymentStage;
import io.paybeacon.core.probe.ProbeStage;
import io.paybeacon.core.register.RegisterStage;
import io.paybeacon.core.source.SourceStage;
import io.paybeacon.core.stage.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every stage, in order. An event enters at the one stage that reads its type; what a stage
 * forwards goes to a stage further down, never back, so keys only get coarser.
 *
 * @param steps the stages in order, each name and each type of event once
 */
public record Pipeline(List<Step<?, ?>> steps) {
    public Pipeline {
        steps = List.copyOf(steps);
        Set<Object> seen = new HashSet<>();
        for (Step<?, ?> step : steps) {
            if (!seen.add(step.name()) || !seen.add(step.events())) {
                throw new IllegalArgumentException("two stages share name or events: " + step);
            }
        }
    }

    /** The pipeline of the product. */
    public static Pipeline standard() {
        return new Pipeline(
                List.of(
                        //      stage                  reads                    keyed by
                        new Step<>(new IntakeStage(), IntakeEvent.class), // gateway, event id
                        recorded(new IdentityStage(), IdentityEvent.class), // gateway, reference
                        recorded(new PaymentStage(), PaymentEvent.class), // payment
                        recorded(new OrderStage(), OrderEvent.class), // order
                        recorded(new GatewayStage(), GatewayEvent.class), // gateway
                        recorded(new ProbeStage(), ProbeEvent.class), // gateway, probe
                        recorded(new SourceStage(), SourceEvent.class), // gateway, source
                        register("dispute", DisputeEvent.class), // dispute
                        register("transfer", TransferEvent.class), // transfer
                        register("payout", PayoutEvent.class), // payout
                        register("fee", FeeEvent.class), // what it is charged for
                        register("settlement", SettlementEvent.class), // line, report
                        register("ledger", LedgerEvent.class), // entry
                        register("feedback", FeedbackEvent.class), // complaint, rating
                        register("configuration", ConfigurationEvent.class), // component
                        new Step<>(new CustomerStage(), CustomerEvent.class), // customer
                        new Step<>(new FindingStage(), FindingEvent.class))); // finding
    }

    /** A stage that may tell of findings, which are on record in the stage of findings. */
    private static <S, E extends Event> Step<S, E> recorded(Stage<S, E> stage, Class<E> events) {
        return new Step<>(new RecordedStage<>(stage), events);
    }

    private static <E extends RegisterEvent> Step<?, ?> register(String name, Class<E> events) {
        return new Step<>(new RegisterStage<>(name, events), events);
    }

    /**
     * The position of the step that reads an event.
     *
     * @throws IllegalArgumentException if there is none
     */
    public int route(Event event) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).events().isInstance(event)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no stage reads " + event.getClass().getSimpleName());
    }
}
