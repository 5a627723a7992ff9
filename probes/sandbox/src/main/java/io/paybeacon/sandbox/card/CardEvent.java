package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.webhook.WebhookEvent;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An event with the object as it was at that moment, signed with {@code X-Signature: t=SECONDS,
 * v1=HEX}: HMAC-SHA256 of the time, a dot and the body.
 */
record CardEvent(
        String id,
        String type,
        Instant created,
        JsonObject data,
        Map<String, String> paymentMetadata)
        implements WebhookEvent {
    static final String APPROVED = "authorization.approved";
    static final String DECLINED = "authorization.declined";
    static final String VOIDED = "authorization.voided";
    static final String CAPTURED = "capture.completed";
    static final String REFUNDED = "refund.completed";
    static final List<String> TYPES = List.of(APPROVED, DECLINED, VOIDED, CAPTURED, REFUNDED);

    CardEvent {
        paymentMetadata = Map.copyOf(paymentMetadata);
    }

    @Override
    public boolean terminal() {
        return !type.equals(REFUNDED);
    }

    @Override
    public Message message(Signing signing) {
        String body =
                new JsonObject()
                        .put("id", id)
                        .put("type", type)
                        .put("created", created.toString())
                        .put("data", data)
                        .encode();
        long seconds = signing.at().getEpochSecond();
        String secret = signing.valid() ? signing.secret() : signing.secret() + "-wrong";
        String signature = "t=" + seconds + ",v1=" + hmac(secret, seconds + "." + body);
        return new Message(
                Map.of("Content-Type", "application/json", "X-Signature", signature), body);
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
