/**
 * The part of an HTTP API that all fake gateways share: reading requests, rate limit, idempotency,
 * faults before and after the operation, and bytes out, well-behaved or hostile. What differs from
 * gateway to gateway is behind {@link io.paybeacon.sandbox.api.ApiDialect}.
 */
@NullMarked
package io.paybeacon.sandbox.api;

import org.jspecify.annotations.NullMarked;
