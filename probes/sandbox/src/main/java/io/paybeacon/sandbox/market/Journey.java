package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.market.generate.DeclineReason;

/** What is going to happen to one payment at first. */
public sealed interface Journey {
    /** The card is approved. */
    record Approved() implements Journey {}

    /** The card is declined for that reason. */
    record Declined(DeclineReason reason) implements Journey {}

    /** The cardholder passes a challenge after that time of life. */
    record Challenged(long answeredAfterMillis) implements Journey {}

    /** The cardholder never answers the challenge. */
    record Abandoned() implements Journey {}

    /** The gateway never says how it ended. */
    record Pending() implements Journey {}

    /** The card is approved, but the terminal webhooks are withheld. */
    record Silent() implements Journey {}
}
