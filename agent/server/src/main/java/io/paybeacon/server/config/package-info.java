/** The agent's configuration: one strict YAML file, read whole or refused with every mistake. */
@NullMarked
package io.paybeacon.server.config;

import org.jspecify.annotations.NullMarked;
