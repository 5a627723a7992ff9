package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.GatewayClient;
import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.WebhookReceiver;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests to the card processor, and numbers of its test range. */
public final class Cards {
    public static final String APPROVING = number(0, 0, 0, "00");
    public static final String CHALLENGING = number(0, 0, 2, "00");

    private Cards() {}

    public static GatewayClient client(Sandbox sandbox) {
        return GatewayClient.of(sandbox.gateway(GatewayKind.CARD))
                .with("Authorization", "Bearer card_test_sandbox_not_a_real_key");
    }

    public static String declining(String code) {
        return number(0, 0, 1, code);
    }

    /** The number of that network, issuer, behaviour and response code, with its check digit. */
    public static String number(int network, int issuer, int behaviour, String code) {
        String body = "999999%d%02d%d%s000".formatted(network, issuer, behaviour, code);
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? 2 * digit : digit;
            sum += doubled / 10 + doubled % 10;
        }
        return body + (10 - sum % 10) % 10;
    }

    public static String authorization(long minor, String number) {
        return request(minor, number).encode();
    }

    public static JsonObject request(long minor, String number) {
        return new JsonObject()
                .put("amount", new JsonObject().put("value", minor).put("currency", "EUR"))
                .put("reference", "order-1")
                .put(
                        "card",
                        new JsonObject()
                                .put("number", number)
                                .put("expiryMonth", 12)
                                .put("expiryYear", 2099)
                                .put("securityCode", "123"));
    }

    public static String amount(long minor) {
        return new JsonObject()
                .put("amount", new JsonObject().put("value", minor).put("currency", "EUR"))
                .encode();
    }

    /** What {@code v1=} of that header must be for that delivery. */
    public static String hmac(String secret, String header, WebhookReceiver.Delivery delivery) {
        String seconds = header.substring(2, header.indexOf(','));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + "." + delivery.body()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
