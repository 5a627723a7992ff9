/**
 * Probe plans: the model, and the strict reading of it from YAML.
 */
@NullMarked
package io.paybeacon.probe.plan;

import org.jspecify.annotations.NullMarked;
