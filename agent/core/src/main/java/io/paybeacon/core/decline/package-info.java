/**
 * What a refusal means for the next try: data with sources. Who may try again and when, what the
 * customer is told, what support may do, and which other ways to pay work now.
 */
@NullMarked
package io.paybeacon.core.decline;

import org.jspecify.annotations.NullMarked;
