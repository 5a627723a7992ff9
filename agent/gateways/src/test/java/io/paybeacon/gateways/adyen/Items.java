package io.paybeacon.gateways.adyen;

import io.paybeacon.core.event.Event;
import io.paybeacon.gateways.adyen.AdyenWebhooks.CaptureMode;
import io.paybeacon.gateways.message.HmacSha256;
import io.paybeacon.gateways.message.Told;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Messages as Adyen sends them, with references that are made up. */
final class Items {
    static final Instant RECEIVED_AT = Instant.parse("2026-11-22T12:00:00Z");
    static final String KEY = "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff";

    private Items() {}

    /** The fields of an item about 10.99 euros, with others in front of them. */
    static String item(String code, boolean success, String fields) {
        return "{%s \"eventCode\": \"%s\", \"success\": \"%s\","
                        .formatted(fields.isEmpty() ? "" : fields + ",", code, success)
                + " \"amount\": {\"currency\": \"EUR\", \"value\": 1099},"
                + " \"eventDate\": \"2026-11-22T12:30:00+01:00\","
                + " \"merchantAccountCode\": \"TestMerchant\"}";
    }

    /** A message of these items. */
    static byte[] message(String... items) {
        List<String> wrapped = new ArrayList<>();
        for (String item : items) {
            wrapped.add("{\"NotificationRequestItem\": " + item + "}");
        }
        return bytes(
                "{\"live\": \"false\", \"notificationItems\": ["
                        + String.join(", ", wrapped)
                        + "]}");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<Event> map(byte[] body) {
        return map(CaptureMode.MANUAL, body);
    }

    static List<Event> map(CaptureMode mode, byte[] body) {
        return new AdyenWebhooks("adyen-eu", mode).map(body, RECEIVED_AT);
    }

    static List<String> told(String item) {
        return Told.lines(map(message(item)));
    }

    /** The signature of eight fields, made as Adyen's documentation says, step by step. */
    static String sign(String key, String... fields) {
        byte[] code = HmacSha256.of(HexFormat.of().parseHex(key), bytes(String.join(":", fields)));
        return Base64.getEncoder().encodeToString(code);
    }
}
