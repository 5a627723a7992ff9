/** Seeded streams of plausible events, for whole-pipeline tests and benchmarks. */
@NullMarked
package io.paybeacon.testkit.scenario;

import org.jspecify.annotations.NullMarked;
