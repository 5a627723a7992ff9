/** Delivery of events to webhook endpoints: signed, out of order, retried, or as faults want it. */
@NullMarked
package io.paybeacon.sandbox.webhook;

import org.jspecify.annotations.NullMarked;
