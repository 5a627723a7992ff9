/**
 * What others measured of a gateway: its status page, an exposition, a Prometheus server. Asked for
 * on a schedule, read strictly, and handed to the pipeline as events.
 */
@NullMarked
package io.paybeacon.server.source;

import org.jspecify.annotations.NullMarked;
