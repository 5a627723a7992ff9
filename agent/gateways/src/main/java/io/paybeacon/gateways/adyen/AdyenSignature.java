package io.paybeacon.gateways.adyen;

import io.paybeacon.gateways.Verified;
import io.paybeacon.gateways.Verified.Accepted;
import io.paybeacon.gateways.Verified.Reason;
import io.paybeacon.gateways.Verified.Refused;
import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.gateways.message.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signature of each item: {@code additionalData.hmacSignature}, the HMAC-SHA256 in Base64 of
 * eight fields joined by colons, under a key that is given in hexadecimal.
 *
 * <p>A field that is absent counts as empty, and nothing is escaped. The other fields of an item
 * are not signed, and there is no time in it: a message is as good years later, so repeats are told
 * by their ids alone. Source: adyen-java-api-library HMACValidator.java.
 */
final class AdyenSignature {
    private AdyenSignature() {}

    /**
     * Judges a message.
     *
     * @param items all of its items; one that is not proven refuses the whole message
     */
    static Verified verify(List<AdyenItem> items, List<WebhookSecret> secrets) {
        List<byte[]> signatures = new ArrayList<>();
        for (AdyenItem item : items) {
            String text = item.signature();
            if (text == null || text.isBlank()) {
                return new Refused(Reason.MISSING);
            }
            byte[] signature = fromBase64(text);
            if (signature == null) {
                return new Refused(Reason.MALFORMED);
            }
            signatures.add(signature);
        }
        if (signatures.isEmpty()) {
            return new Refused(Reason.MISSING);
        }
        List<byte[]> keys = keys(secrets);
        boolean proven = true;
        for (int i = 0; i < signatures.size(); i++) {
            byte[] signed = items.get(i).signed().getBytes(StandardCharsets.UTF_8);
            boolean matches = false;
            for (byte[] key : keys) {
                // Every pair is compared, in constant time: how long it took tells nothing.
                matches |= MessageDigest.isEqual(HmacSha256.of(key, signed), signatures.get(i));
            }
            proven &= matches;
        }
        return proven ? new Accepted() : new Refused(Reason.WRONG);
    }

    /**
     * Judges a message of a platform, which is signed as a whole: the HMAC-SHA256 of the raw body
     * in Base64, in a header. Source: docs.adyen.com/development-resources/webhooks/
     * verify-hmac-signatures.
     *
     * @param headers all values of the header
     */
    static Verified verifyBody(List<String> headers, byte[] body, List<WebhookSecret> secrets) {
        if (headers.isEmpty() || headers.getFirst().isBlank()) {
            return new Refused(Reason.MISSING);
        }
        byte[] signature = headers.size() == 1 ? fromBase64(headers.getFirst()) : null;
        if (signature == null) {
            return new Refused(Reason.MALFORMED);
        }
        boolean matches = false;
        for (byte[] key : keys(secrets)) {
            matches |= MessageDigest.isEqual(HmacSha256.of(key, body), signature);
        }
        return matches ? new Accepted() : new Refused(Reason.WRONG);
    }

    /** Whether the text is a key as Adyen's Customer Area gives it out. */
    static boolean isKey(String text) {
        return fromHex(text) != null;
    }

    /** The keys; a secret that is none matches nothing. */
    private static List<byte[]> keys(List<WebhookSecret> secrets) {
        List<byte[]> keys = new ArrayList<>();
        for (WebhookSecret secret : secrets) {
            byte[] key = fromHex(secret.value());
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static byte @Nullable [] fromHex(String text) {
        try {
            byte[] key = HexFormat.of().parseHex(text);
            return key.length == 0 ? null : key;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte @Nullable [] fromBase64(String text) {
        // 32 bytes are 44 characters, the last of them a filler.
        if (text.length() != (HmacSha256.BYTES + 2) / 3 * 4) {
            return null;
        }
        try {
            byte[] signature = Base64.getDecoder().decode(text);
            return signature.length == HmacSha256.BYTES ? signature : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
