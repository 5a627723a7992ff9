/** The model engine: the contract of an engine in its plainest form, to compare others with. */
@NullMarked
package io.paybeacon.testkit.model;

import org.jspecify.annotations.NullMarked;
