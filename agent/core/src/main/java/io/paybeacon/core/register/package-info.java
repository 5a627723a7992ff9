/** What is told about disputes, transfers, payouts, fees, settlements, books and feedback. */
@NullMarked
package io.paybeacon.core.register;

import org.jspecify.annotations.NullMarked;
