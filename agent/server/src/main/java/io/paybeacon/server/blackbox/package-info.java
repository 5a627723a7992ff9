/**
 * {@code /probe}: one probe of a target for each scrape, answered in the metric names of
 * prometheus/blackbox_exporter, so that its scrape configurations move over.
 */
@NullMarked
package io.paybeacon.server.blackbox;

import org.jspecify.annotations.NullMarked;
