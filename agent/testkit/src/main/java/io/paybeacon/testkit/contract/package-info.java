/** The contract kit: the tests that every engine has to pass, and what they run on. */
@NullMarked
package io.paybeacon.testkit.contract;

import org.jspecify.annotations.NullMarked;
