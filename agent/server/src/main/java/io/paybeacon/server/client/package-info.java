/** How the agent's own HTTP clients are set up by what the configuration says of a connection. */
@NullMarked
package io.paybeacon.server.client;

import org.jspecify.annotations.NullMarked;
