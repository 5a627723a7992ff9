package io.paybeacon.gateways.paypal;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Where the certificates come from with which PayPal signs its webhooks.
 *
 * <p>It is asked on event loops, so it must answer at once, from what it has fetched before. It is
 * asked only for addresses that {@link PayPalWebhooks#certificateUrl} gives, whose host the adapter
 * has checked. What an implementation has to see to:
 *
 * <ul>
 *   <li>Fetch before the adapter is asked, by that address and no other: follow no redirect, and
 *       read no more than {@link #PEM_BYTES_MAX} bytes within {@link #FETCH_SECONDS_MAX} seconds.
 *   <li>Take the first certificate of the PEM text, and only if its chain leads to an authority
 *       that the agent trusts, and the certificate is one for PayPal's messages.
 *   <li>Keep at most {@link #CERTIFICATES_MAX} of them, each until it expires: PayPal changes its
 *       certificate about once a year. Remember a failure for a moment, so that forged requests do
 *       not make the agent fetch without end.
 * </ul>
 *
 * <p>Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface CertificateSource {
    /** The longest answer that is read, in bytes. */
    int PEM_BYTES_MAX = 64 * 1024;

    /** The longest time that fetching takes, in seconds. */
    int FETCH_SECONDS_MAX = 5;

    /** How many certificates are kept. */
    int CERTIFICATES_MAX = 16;

    /**
     * The certificate at this address; empty when it is not known, or not trusted.
     *
     * @param url as PayPal sent it
     */
    Optional<X509Certificate> at(String url);
}
