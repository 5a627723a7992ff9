package io.paybeacon.sandbox.market;

import java.time.Duration;

/** What is going to happen to one order's payment. */
public sealed interface Journey {
    /** The card is approved. */
    record Approved() implements Journey {}

    /** The card is declined with that code. */
    record Declined(String declineCode) implements Journey {}

    /** The cardholder passes a challenge after that time. */
    record Challenged(Duration answeredAfter) implements Journey {}

    /** The cardholder never answers the challenge. */
    record Abandoned() implements Journey {}

    /** The card is approved, but the terminal webhooks are withheld. */
    record Silent() implements Journey {}
}
