/** The shipped process: what wires configuration, engine, probes, stores and HTTP together. */
@NullMarked
package io.paybeacon.server;

import org.jspecify.annotations.NullMarked;
