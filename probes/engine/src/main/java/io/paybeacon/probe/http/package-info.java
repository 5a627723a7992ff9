/**
 * One HTTP attempt on the wire, with its phases: one connection, one request, no retry.
 */
@NullMarked
package io.paybeacon.probe.http;

import org.jspecify.annotations.NullMarked;
