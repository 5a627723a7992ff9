/** What the agent measures: each metric declared once, and the exposition for Prometheus. */
@NullMarked
package io.paybeacon.telemetry;

import org.jspecify.annotations.NullMarked;
