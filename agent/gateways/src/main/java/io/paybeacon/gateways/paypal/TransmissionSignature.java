package io.paybeacon.gateways.paypal;

import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.Verified;
import io.paybeacon.gateways.Verified.Accepted;
import io.paybeacon.gateways.Verified.Reason;
import io.paybeacon.gateways.Verified.Refused;
import io.paybeacon.gateways.WebhookHeaders;
import io.paybeacon.gateways.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The signature in PayPal's headers: RSA with SHA-256 over {@code id|time|webhook id|crc32}, where
 * the last is that of the raw body, as an unsigned decimal number.
 *
 * <p>The webhook's id is what only PayPal and the receiver know of this endpoint. CRC-32 resists no
 * forger who may choose the body: the body itself is protected by TLS alone. Source:
 * developer.paypal.com/api/rest/webhooks/rest, and PayPal-Java-SDK Event.java.
 */
final class TransmissionSignature {
    static final String ID = "PAYPAL-TRANSMISSION-ID";
    static final String TIME = "PAYPAL-TRANSMISSION-TIME";
    static final String SIGNATURE = "PAYPAL-TRANSMISSION-SIG";
    static final String CERTIFICATE = "PAYPAL-CERT-URL";
    static final String ALGORITHM = "PAYPAL-AUTH-ALGO";

    /**
     * How old a transmission may be: PayPal sends a message again for three days, and does not say
     * whether it then has the time of the first transmission.
     */
    static final Duration AGE_MAX = Duration.ofDays(4);

    /** How far PayPal's clock may be ahead. */
    static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    /** An RSA key of 8,192 bits signs with so many bytes. */
    private static final int SIGNATURE_BYTES_MAX = 1_024;

    private static final String RSA = "SHA256withRSA";
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7b}~]{1,255}");
    private static final Pattern URL =
            Pattern.compile("https?://([A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?)/[A-Za-z0-9._~/-]*");

    private TransmissionSignature() {}

    /** What the headers say; the signature still in Base64. */
    private record Transmission(String id, String time, String url, String signature) {}

    /** The address of the certificate, if its host is one of those allowed. */
    static Optional<String> certificateUrl(WebhookHeaders headers, Set<String> allowedHosts) {
        String url = only(headers, CERTIFICATE);
        return url != null && allowed(url, allowedHosts) ? Optional.of(url) : Optional.empty();
    }

    /** Judges a message by its headers. */
    static Verified verify(
            WebhookHeaders headers,
            byte[] body,
            List<WebhookSecret> secrets,
            Instant now,
            CertificateSource certificates,
            Set<String> allowedHosts) {
        if (headers.all(SIGNATURE).isEmpty() || headers.all(SIGNATURE).getFirst().isBlank()) {
            return new Refused(Reason.MISSING);
        }
        Transmission transmission = parse(headers);
        Instant at = transmission == null ? null : instant(transmission.time);
        if (transmission == null || at == null) {
            return new Refused(Reason.MALFORMED);
        }
        if (!allowed(transmission.url, allowedHosts)) {
            return new Refused(Reason.WRONG);
        }
        Optional<X509Certificate> certificate = certificates.at(transmission.url);
        if (certificate.isEmpty()
                || !matches(transmission, certificate.get(), body, secrets, now)) {
            return new Refused(Reason.WRONG);
        }
        Duration age = Duration.between(at, now);
        return age.compareTo(AGE_MAX) > 0 || age.negated().compareTo(AHEAD_MAX) > 0
                ? new Refused(Reason.STALE)
                : new Accepted();
    }

    private static boolean allowed(String url, Set<String> allowedHosts) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches() || !allowedHosts.contains(matcher.group(1))) {
            return false;
        }
        // Without TLS a certificate is anybody's; on the machine itself nobody stands between.
        return url.startsWith("https:") || matcher.group(1).startsWith("127.0.0.1:");
    }

    private static @Nullable Transmission parse(WebhookHeaders headers) {
        String id = only(headers, ID);
        String time = only(headers, TIME);
        String url = only(headers, CERTIFICATE);
        String signature = only(headers, SIGNATURE);
        if (id == null || time == null || url == null || signature == null) {
            return null;
        }
        boolean formed =
                RSA.equalsIgnoreCase(only(headers, ALGORITHM))
                        && TOKEN.matcher(id).matches()
                        && TOKEN.matcher(time).matches()
                        && URL.matcher(url).matches()
                        && fromBase64(signature) != null;
        return formed ? new Transmission(id, time, url, signature) : null;
    }

    /** The value of a header that comes once; null when it does not, or is too long. */
    private static @Nullable String only(WebhookHeaders headers, String name) {
        List<String> values = headers.all(name);
        return values.size() == 1 && values.getFirst().length() <= Limits.HEADER_CHARS_MAX
                ? values.getFirst()
                : null;
    }

    private static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static byte @Nullable [] fromBase64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return bytes.length > 0 && bytes.length <= SIGNATURE_BYTES_MAX ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean matches(
            Transmission transmission,
            X509Certificate certificate,
            byte[] body,
            List<WebhookSecret> secrets,
            Instant now) {
        if (now.isBefore(certificate.getNotBefore().toInstant())
                || now.isAfter(certificate.getNotAfter().toInstant())) {
            return false;
        }
        byte[] signature = fromBase64(transmission.signature);
        if (signature == null) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(body);
        for (WebhookSecret webhookId : secrets) {
            String signed =
                    String.join(
                            "|",
                            transmission.id,
                            transmission.time,
                            webhookId.value(),
                            Long.toString(crc.getValue()));
            if (matches(signed, signature, certificate)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String signed, byte[] signature, X509Certificate certificate) {
        try {
            Signature verifier = Signature.getInstance(RSA);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(signed.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // A key that is no RSA key, or a signature of another length than the key has.
            return false;
        }
    }
}
