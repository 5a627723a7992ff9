/** Certificates that prove who sent a webhook: fetched, judged and kept. */
@NullMarked
package io.paybeacon.server.certificate;

import org.jspecify.annotations.NullMarked;
