/** What the adapters of several gateways share: envelopes, objects, amounts, facts, signatures. */
@NullMarked
package io.paybeacon.gateways.message;

import org.jspecify.annotations.NullMarked;
