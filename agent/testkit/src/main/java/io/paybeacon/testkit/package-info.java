/** What tests of several modules share: a clock that tests move by hand. */
@NullMarked
package io.paybeacon.testkit;

import org.jspecify.annotations.NullMarked;
