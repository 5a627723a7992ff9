package io.paybeacon.server.certificate;

import java.time.Duration;

/** The limits of fetching certificates, beside those of the adapter that asks for them. */
final class Limits {
    /** How long a certificate that could not be had is not asked for again. */
    static final Duration FAILURE_KEPT = Duration.ofMinutes(1);

    /** Failures that are remembered. */
    static final int FAILURES_MAX = 256;

    /** Fetches in a minute: PayPal changes its certificate about once a year. */
    static final int FETCHES_A_MINUTE_MAX = 10;

    /** Certificates in one answer. */
    static final int CHAIN_MAX = 8;

    private Limits() {}
}
