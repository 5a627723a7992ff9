/** What stages hold to be wrong, and how it becomes findings that open, change and end. */
@NullMarked
package io.paybeacon.core.judgement;

import org.jspecify.annotations.NullMarked;
