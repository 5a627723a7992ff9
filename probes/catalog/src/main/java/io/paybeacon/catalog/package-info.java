/** The probe plans that are shipped, one folder a gateway, as YAML on the class path. */
@NullMarked
package io.paybeacon.catalog;

import org.jspecify.annotations.NullMarked;
