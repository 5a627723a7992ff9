package io.paybeacon.probe.secret;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Knows the hosts at which real money moves, of gateways whose keys do not tell: PayPal
 * (developer.paypal.com/api/rest/requests: {@code api-m.paypal.com}, test {@code
 * api-m.sandbox.paypal.com}) and Adyen (docs.adyen.com/development-resources/live-endpoints: {@code
 * PREFIX-checkout-live.adyenpayments.com}, test {@code checkout-test.adyen.com}).
 */
public final class LiveHosts {

    private static final Pattern LIVE =
            Pattern.compile("api(?:-m)?[.]paypal[.]com|(?:.+[.])?adyenpayments[.]com");

    private LiveHosts() {}

    /** Whether real money moves at that host. */
    public static boolean isLive(String host) {
        return LIVE.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
