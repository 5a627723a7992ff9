/**
 * Every fact that enters or travels between stages: one sealed interface a feature, records nested
 * in it. Data only; depends on {@code money} and {@code codec} alone.
 */
@NullMarked
package io.paybeacon.core.event;

import org.jspecify.annotations.NullMarked;
