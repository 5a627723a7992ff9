/**
 * The keys of the configuration, declared once: what readers accept, the JSON Schema for editors,
 * and the reference page are all made from it.
 */
@NullMarked
package io.paybeacon.server.config.schema;

import org.jspecify.annotations.NullMarked;
