/**
 * What a probe run yields: attempts, phases, reasons, step and run results. Values only.
 */
@NullMarked
package io.paybeacon.probe.result;

import org.jspecify.annotations.NullMarked;
