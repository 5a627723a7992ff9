/** The command line: run, check, validate. */
@NullMarked
package io.paybeacon.server.cli;

import org.jspecify.annotations.NullMarked;
