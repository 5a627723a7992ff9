package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.webhook.WebhookEvent.Signing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Signs deliveries as PayPal does (developer.paypal.com/api/rest/webhooks/rest): RSA with SHA-256
 * over {@code id|time|webhook id|crc32 of the body, as an unsigned decimal}. The webhook id, which
 * the receiver knows from registering, stands where other gateways have a shared secret.
 *
 * <p>Immutable and thread-safe.
 */
final class TransmissionSigner {
    private final SigningCertificate certificate;
    private final ObjectIds ids;

    TransmissionSigner(SigningCertificate certificate, ObjectIds ids) {
        this.certificate = certificate;
        this.ids = ids;
    }

    /** All headers of one delivery. */
    Map<String, String> headers(Signing signing, String baseUrl, String body) {
        String transmissionId = ids.uuid();
        String time = PayPalJson.time(signing.at());
        String signed =
                String.join(
                        "|",
                        transmissionId,
                        time,
                        signing.secret(),
                        Long.toString(signing.valid() ? crc32(body) : crc32(body + " ")));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "PayPal/AUHD-214.0-58391792");
        headers.put("PAYPAL-AUTH-ALGO", "SHA256withRSA");
        headers.put("PAYPAL-AUTH-VERSION", "v2");
        headers.put("PAYPAL-CERT-URL", baseUrl + certificate.path());
        headers.put("PAYPAL-TRANSMISSION-ID", transmissionId);
        headers.put("PAYPAL-TRANSMISSION-SIG", sign(certificate.privateKey(), signed));
        headers.put("PAYPAL-TRANSMISSION-TIME", time);
        headers.put("Correlation-Id", ids.debug());
        return headers;
    }

    private static long crc32(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private static String sign(PrivateKey key, String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA256withRSA", e);
        }
    }
}
