/**
 * Attempts on the wire in protocols other than HTTP: TCP dialogues, TLS handshakes, DNS queries and
 * the health check of gRPC, each with its phases.
 */
@NullMarked
package io.paybeacon.probe.wire;

import org.jspecify.annotations.NullMarked;
