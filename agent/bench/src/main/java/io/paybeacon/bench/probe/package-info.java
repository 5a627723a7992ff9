/**
 * Benchmarks of the probes beside Prometheus' blackbox_exporter, in one run on one machine: CPU
 * time, truth of the phases, lag of the schedule, footprint.
 */
@NullMarked
package io.paybeacon.bench.probe;

import org.jspecify.annotations.NullMarked;
