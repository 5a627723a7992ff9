/** The HTTP door: webhooks in; health, metrics and the questions of people and tools out. */
@NullMarked
package io.paybeacon.server.http;

import org.jspecify.annotations.NullMarked;
