package io.paybeacon.core.event;

/**
 * A fact, immutable, as some source told it.
 *
 * <p>There is one sealed interface a feature below this root, and each is read by exactly one stage
 * of the pipeline. The time at which the agent accepted a fact is not part of it: the engine sets
 * that once, at the door, stores it beside the event and hands it to stages in their context.
 *
 * <p>A door event is known by {@code gateway} and {@code eventId} of its origin. Events that one
 * message carries share both, and differ in what they are about.
 */
public sealed interface Event
        permits IntakeEvent,
                IdentityEvent,
                PaymentEvent,
                OrderEvent,
                GatewayEvent,
                ProbeEvent,
                SourceEvent,
                RegisterEvent,
                CustomerEvent,
                FindingEvent {
    /** Who told it and when it happened there. */
    Origin origin();
}
