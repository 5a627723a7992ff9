/**
 * The demonstration: a sandbox, a marketplace and an agent side by side, watched for a while and
 * summed up. The agent is another process, known only by its command line and its HTTP interface.
 */
@NullMarked
package io.paybeacon.sandbox.demo;

import org.jspecify.annotations.NullMarked;
