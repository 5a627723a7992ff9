/** The contract of an engine: what runs the pipeline, keeps its states and delivers its results. */
@NullMarked
package io.paybeacon.core.engine;

import org.jspecify.annotations.NullMarked;
