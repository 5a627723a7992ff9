package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.webhook.WebhookEvent;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    static final String CHALLENGE_REQUIRED = "authorization.challenge_required";
    static final String EXPIRED = "authorization.expired";
    static final String CAPTURE_REVERSED = "capture.reversed";
    static final String REFUND_FAILED = "refund.failed";
    static final String FRAUD_WARNED = "fraud.warned";
    static final String DISPUTE_REPORTED = "dispute.reported";
    static final String TRANSFERRED = "transfer.created";
    static final String PAYOUT_REPORTED = "payout.reported";
    static final List<String> TYPES =
            List.of(
                    APPROVED,
                    DECLINED,
                    CHALLENGE_REQUIRED,
                    VOIDED,
                    EXPIRED,
                    CAPTURED,
                    CAPTURE_REVERSED,
                    REFUNDED,
                    REFUND_FAILED,
                    FRAUD_WARNED,
                    DISPUTE_REPORTED,
                    TRANSFERRED,
                    PAYOUT_REPORTED);

    /** Those that tell the outside how a payment ended. */
    private static final Set<String> TERMINAL =
            Set.of(APPROVED, DECLINED, VOIDED, EXPIRED, CAPTURED);

    CardEvent {
        paymentMetadata = Map.copyOf(paymentMetadata);
    }

    @Override
    public boolean terminal() {
        return TERMINAL.contains(type);
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
