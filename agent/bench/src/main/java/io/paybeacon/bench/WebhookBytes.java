package io.paybeacon.bench;

import io.paybeacon.gateways.WebhookHeaders;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the bodies of Stripe webhooks: four events a payment, each about 1.7 KB, in an order in
 * which payments overlap. The same seed makes the same bytes.
 */
final class WebhookBytes {
    /** How many payments are under way at once. */
    private static final int OVERLAP = 512;

    private static final List<String> TYPES =
            List.of(
                    "payment_intent.created",
                    "payment_intent.processing",
                    "charge.succeeded",
                    "payment_intent.succeeded");

    private WebhookBytes() {}

    /** The bodies of {@code payments} payments. */
    static List<byte[]> make(int payments, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> bodies = new ArrayList<>(payments * TYPES.size());
        long created = Instant.parse("2026-11-22T00:00:00Z").getEpochSecond();
        for (int from = 0; from < payments; from += OVERLAP) {
            int to = Math.min(payments, from + OVERLAP);
            for (int type = 0; type < TYPES.size(); type++) {
                for (int payment = from; payment < to; payment++) {
                    long amount = 500 + (payment * 37L) % 20_000;
                    long time = created + payment / 100 + type;
                    bodies.add(body(payment, type, amount, time, random.nextLong()));
                }
            }
        }
        return bodies;
    }

    /** The headers with which Stripe would send a body. */
    static WebhookHeaders signed(byte[] body, String secret, Instant at) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String time = Long.toString(at.getEpochSecond());
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            String signature = HexFormat.of().formatHex(mac.doFinal(body));
            return WebhookHeaders.of(Map.of("Stripe-Signature", "t=" + time + ",v1=" + signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] body(int payment, int type, long amount, long time, long salt) {
        String id = "%024d".formatted(payment);
        String status =
                switch (type) {
                    case 0 -> "requires_payment_method";
                    case 1 -> "processing";
                    default -> "succeeded";
                };
        String object =
                TYPES.get(type).startsWith("charge")
                        ? charge(id, amount, time)
                        : intent(id, status, amount, time);
        return """
        {"id":"evt_%s%d","object":"event","api_version":"2024-06-20","created":%d,\
        "data":{"object":%s},"livemode":false,"pending_webhooks":1,\
        "request":{"id":"req_%016x","idempotency_key":"order-%s"},"type":"%s"}\
        """
                .formatted(id, type, time, object, salt, id, TYPES.get(type))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String intent(String id, String status, long amount, long time) {
        boolean paid = status.equals("succeeded");
        return """
        {"id":"pi_%1$s","object":"payment_intent","amount":%2$d,"amount_capturable":0,\
        "amount_details":{"tip":{}},"amount_received":%3$d,"application":null,\
        "application_fee_amount":null,"automatic_payment_methods":null,"canceled_at":null,\
        "cancellation_reason":null,"capture_method":"automatic",\
        "client_secret":"pi_%1$s_secret_redacted","confirmation_method":"automatic",\
        "created":%4$d,"currency":"usd","customer":"cus_%1$s","description":"Order %1$s",\
        "invoice":null,"last_payment_error":null,"latest_charge":%5$s,"livemode":false,\
        "metadata":{"order_id":"order-%1$s","vendor_id":"vendor-%6$d"},\
        "next_action":null,"on_behalf_of":null,"payment_method":"pm_%1$s",\
        "payment_method_options":{"card":{"installments":null,"mandate_options":null,\
        "network":null,"request_three_d_secure":"automatic"}},\
        "payment_method_types":["card"],"processing":null,"receipt_email":null,\
        "review":null,"setup_future_usage":null,"shipping":null,"source":null,\
        "statement_descriptor":null,"statement_descriptor_suffix":null,"status":"%7$s",\
        "transfer_data":null,"transfer_group":null}\
        """
                .formatted(
                        id,
                        amount,
                        paid ? amount : 0,
                        time,
                        paid ? "\"ch_" + id + "\"" : "null",
                        amount % 100,
                        status);
    }

    private static String charge(String id, long amount, long time) {
        return """
        {"id":"ch_%1$s","object":"charge","amount":%2$d,"amount_captured":%2$d,\
        "amount_refunded":0,"application":null,"application_fee":null,\
        "balance_transaction":"txn_%1$s","billing_details":{"address":{"city":null,\
        "country":null,"line1":null,"line2":null,"postal_code":null,"state":null},\
        "email":null,"name":null,"phone":null},"calculated_statement_descriptor":"SHOP",\
        "captured":true,"created":%3$d,"currency":"usd","customer":"cus_%1$s",\
        "description":"Order %1$s","disputed":false,"failure_code":null,\
        "failure_message":null,"fraud_details":{},"invoice":null,"livemode":false,\
        "metadata":{"order_id":"order-%1$s","vendor_id":"vendor-%4$d"},\
        "outcome":{"network_status":"approved_by_network","reason":null,\
        "risk_level":"normal","risk_score":12,"seller_message":"Payment complete.",\
        "type":"authorized"},"paid":true,"payment_intent":"pi_%1$s",\
        "payment_method":"pm_%1$s","payment_method_details":{"card":{"brand":"visa",\
        "checks":{"address_line1_check":null,"cvc_check":"pass"},"country":"US",\
        "exp_month":12,"exp_year":2030,"funding":"credit","installments":null,\
        "last4":"4242","network":"visa","three_d_secure":null,"wallet":null},\
        "type":"card"},"receipt_url":null,"refunded":false,"review":null,\
        "shipping":null,"source":null,"status":"succeeded","transfer_data":null}\
        """
                .formatted(id, amount, time, amount % 100);
    }
}
