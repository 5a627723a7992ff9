package io.paybeacon.gateways.message;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104). */
public final class HmacSha256 {
    /** How many bytes it has. */
    public static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private HmacSha256() {}

    /**
     * The code of the parts, one after the other.
     *
     * @param key not empty
     */
    public static byte[] of(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            // Every Java platform has HmacSHA256, and it takes any key that is not empty.
            throw new IllegalStateException("this Java platform has no HmacSHA256", e);
        }
    }
}
