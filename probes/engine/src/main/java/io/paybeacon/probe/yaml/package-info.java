/**
 * Strict YAML for the files that people write: every mistake is named with its file, line and key,
 * the nearest known key, and the remedy.
 */
@NullMarked
package io.paybeacon.probe.yaml;

import org.jspecify.annotations.NullMarked;
