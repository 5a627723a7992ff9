/** The findings store: what the engine delivered, in SQL, for people and tools to ask. */
@NullMarked
package io.paybeacon.server.findings;

import org.jspecify.annotations.NullMarked;
