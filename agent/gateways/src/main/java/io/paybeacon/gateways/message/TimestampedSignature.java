package io.paybeacon.gateways.message;

import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.Verified;
import io.paybeacon.gateways.Verified.Accepted;
import io.paybeacon.gateways.Verified.Reason;
import io.paybeacon.gateways.Verified.Refused;
import io.paybeacon.gateways.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header of the form {@code t=1732270530,v1=5257...[,v1=...][,v0=...]}, which Stripe made common.
 *
 * <p>Each {@code v1} is the HMAC-SHA256, in hexadecimal, of {@code t}, a dot and the raw body;
 * there are several while a secret is being replaced. {@code v0} is a scheme for tests that proves
 * nothing, and is ignored as every scheme is that this build does not know. Source:
 * docs.stripe.com/webhooks, "Verify webhook signatures manually", and stripe-go webhook/client.go.
 */
public final class TimestampedSignature {
    /** How far the clocks may differ, either way: the default of Stripe's own libraries. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int SIGNATURE_BYTES = 32;
    private static final int TIMESTAMP_DIGITS_MAX = 12;

    private TimestampedSignature() {}

    /** What the header says. */
    private record Parsed(String timestamp, List<byte[]> signatures) {}

    /**
     * Judges a message by its header.
     *
     * @param headers all values of the header
     */
    public static Verified verify(
            List<String> headers, byte[] body, List<WebhookSecret> secrets, Instant now) {
        if (headers.isEmpty() || headers.getFirst().isBlank()) {
            return new Refused(Reason.MISSING);
        }
        Parsed parsed = headers.size() == 1 ? parse(headers.getFirst()) : null;
        if (parsed == null) {
            return new Refused(Reason.MALFORMED);
        }
        if (!matches(parsed, body, secrets)) {
            return new Refused(Reason.WRONG);
        }
        Instant signedAt = Instant.ofEpochSecond(Long.parseLong(parsed.timestamp));
        return Duration.between(signedAt, now).abs().compareTo(TOLERANCE) > 0
                ? new Refused(Reason.STALE)
                : new Accepted();
    }

    /** The header's parts, or null when it is not written as Stripe writes it. */
    private static @Nullable Parsed parse(String header) {
        if (header.length() > Limits.HEADER_CHARS_MAX) {
            return null;
        }
        String[] elements = header.split(",", Limits.HEADER_ELEMENTS_MAX + 1);
        if (elements.length > Limits.HEADER_ELEMENTS_MAX) {
            return null;
        }
        String timestamp = null;
        List<byte[]> signatures = new ArrayList<>();
        for (String element : elements) {
            int equals = element.indexOf('=');
            if (equals < 0) {
                return null;
            }
            String scheme = element.substring(0, equals).strip();
            String value = element.substring(equals + 1).strip();
            if (scheme.equals("t")) {
                if (timestamp != null || !isTimestamp(value)) {
                    return null;
                }
                timestamp = value;
            } else if (scheme.equals("v1")) {
                // One that is none is passed over, as Stripe's own libraries do: beside it may
                // stand
                // a right one, made with the other of two secrets.
                byte[] signature = fromHex(value);
                if (signature != null) {
                    signatures.add(signature);
                }
            }
        }
        return timestamp == null || signatures.isEmpty() ? null : new Parsed(timestamp, signatures);
    }

    private static boolean isTimestamp(String value) {
        return !value.isEmpty()
                && value.length() <= TIMESTAMP_DIGITS_MAX
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static byte @Nullable [] fromHex(String value) {
        if (value.length() != SIGNATURE_BYTES * 2) {
            return null;
        }
        try {
            return HexFormat.of().parseHex(value);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean matches(Parsed parsed, byte[] body, List<WebhookSecret> secrets) {
        boolean matches = false;
        for (WebhookSecret secret : secrets) {
            byte[] expected = sign(secret, parsed.timestamp, body);
            for (byte[] signature : parsed.signatures) {
                // Every pair is compared, in constant time: how long it took tells nothing.
                matches |= MessageDigest.isEqual(expected, signature);
            }
        }
        return matches;
    }

    private static byte[] sign(WebhookSecret secret, String timestamp, byte[] body) {
        return HmacSha256.of(bytes(secret.value()), bytes(timestamp + "."), body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
