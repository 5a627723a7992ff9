/** What people do with findings, kept beside what the facts say of them. */
@NullMarked
package io.paybeacon.core.finding;

import org.jspecify.annotations.NullMarked;
