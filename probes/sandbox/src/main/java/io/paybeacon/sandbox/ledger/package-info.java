/** Where the money is: one double-entry ledger a gateway, the same for all kinds. */
@NullMarked
package io.paybeacon.sandbox.ledger;

import org.jspecify.annotations.NullMarked;
