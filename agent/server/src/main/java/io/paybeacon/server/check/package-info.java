/** What a check found, for people, for pipelines and for programs: table, JUnit, JSON. */
@NullMarked
package io.paybeacon.server.check;

import org.jspecify.annotations.NullMarked;
