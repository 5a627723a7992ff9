package io.paybeacon.sandbox.stripe;

import io.vertx.core.json.JsonObject;

/**
 * What the gateway answers.
 *
 * @param executed whether execution began, which is when an idempotency key stores the result
 */
record Answer(int status, JsonObject body, boolean executed) {}
