package io.paybeacon.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the engine is measured beside, on the same bytes in the same process. */
final class Peers {
    private final ObjectReader canonical = new ObjectMapper().readerFor(Canonical.class);
    private final JsonFactory tokens = new JsonFactory();

    /** A canonical event as a user of Jackson databind would read it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Canonical(
            String id, String source, String type, String time, String subject, Data data) {}

    /** Its data. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Data(
            String attempt,
            long amount,
            String currency,
            String method,
            String network,
            String order) {}

    /** Decodes into records. */
    long databind(List<byte[]> bodies) throws IOException {
        long amounts = 0;
        for (byte[] body : bodies) {
            Canonical event = canonical.readValue(body);
            amounts += event.data().amount();
        }
        return amounts;
    }

    /** Reads every token and computes the HMAC-SHA256 that a signature check needs. */
    long tokensAndHmac(List<byte[]> bodies, String secret)
            throws IOException, GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        long seen = 0;
        for (byte[] body : bodies) {
            seen += mac.doFinal(body)[0] & 1;
            try (JsonParser parser = tokens.createParser(body)) {
                for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    seen += token.isScalarValue() ? parser.getTextLength() : 1;
                }
            }
        }
        return seen;
    }
}
