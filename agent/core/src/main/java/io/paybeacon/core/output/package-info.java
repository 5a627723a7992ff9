/** Every result that leaves a stage: measurements, findings, and facts for later stages. */
@NullMarked
package io.paybeacon.core.output;

import org.jspecify.annotations.NullMarked;
