package io.paybeacon.sandbox.adyen;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a standard webhook (docs.adyen.com/development-resources/webhooks/
 * verify-hmac-signatures): HMAC-SHA256 over eight fields of the notification, in Base64.
 */
final class HmacSignature {
    private static final String ALGORITHM = "HmacSHA256";

    private HmacSignature() {}

    /**
     * The signature.
     *
     * @param hexKey the endpoint's HMAC key in hexadecimal
     * @return empty when the key is not hexadecimal, as of an endpoint without an HMAC key
     */
    static Optional<String> of(String hexKey, String payload) {
        byte[] key;
        try {
            key = HexFormat.of().parseHex(hexKey);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] signature = mac.doFinal(payload.getBytes(StandardCharsets.UTF_8));
            return Optional.of(Base64.getEncoder().encodeToString(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is in every JDK", e);
        }
    }
}
