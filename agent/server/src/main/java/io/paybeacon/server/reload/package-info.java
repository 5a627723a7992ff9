/**
 * The configuration while the agent runs: read anew on a signal, a request or a change of its
 * files, and swapped in whole or not at all.
 */
@NullMarked
package io.paybeacon.server.reload;

import org.jspecify.annotations.NullMarked;
