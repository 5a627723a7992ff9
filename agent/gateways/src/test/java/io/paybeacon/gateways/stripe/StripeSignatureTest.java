package io.paybeacon.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.Verified;
import io.paybeacon.gateways.Verified.Accepted;
import io.paybeacon.gateways.Verified.Reason;
import io.paybeacon.gateways.Verified.Refused;
import io.paybeacon.gateways.WebhookHeaders;
import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.gateways.message.TimestampedSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeSignatureTest {
    private static final String SECRET = "whsec_made_up_for_tests";
    private static final long T = 1_795_341_600L;
    private static final Instant NOW = Instant.ofEpochSecond(T);
    private static final byte[] BODY = Payloads.bytes("{\"id\":\"evt_1\"}");

    /** Python: hmac.new(secret, b'1795341600.{"id":"evt_1"}', hashlib.sha256).hexdigest(). */
    private static final String VECTOR =
            "b47bf3bac50675be42e4fb740d35c240ff8d9217a332903f4ff420e56649856d";

    private static final String OTHER = "00".repeat(32);

    private static Verified verify(String header, Instant now, String... secrets) {
        return new StripeWebhooks("stripe-eu", StripeWebhooks.ORDER_FIELDS)
                .verify(
                        WebhookHeaders.of(Map.of("stripe-signature", header)),
                        BODY,
                        Stream.of(secrets).map(WebhookSecret::new).toList(),
                        now);
    }

    @Test
    void the_hmac_of_the_specification_makes_the_vector() throws NoSuchAlgorithmException {
        assertThat(hmac(SECRET, T, BODY)).isEqualTo(VECTOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t=1795341600,v1=" + VECTOR,
                "v1=" + VECTOR + ",t=1795341600",
                " t=1795341600 , v1=" + VECTOR + " ",
                "t=1795341600,v1=0000000000000000000000000000000000000000000000000000000000000000"
                        + ",v1="
                        + VECTOR,
                "t=1795341600,v1=none," + "v1=" + VECTOR,
                "t=1795341600,v0=ignored,v2=,v1=" + VECTOR + ",scheme=of=the=future",
            })
    void a_right_signature_is_accepted(String header) {
        assertThat(verify(header, NOW, SECRET)).isEqualTo(new Accepted());
    }

    @Test
    @DisplayName("While a secret is replaced, either one will do")
    void any_secret_will_do() {
        assertThat(verify(header(T, VECTOR), NOW, "whsec_new", SECRET)).isEqualTo(new Accepted());
        assertThat(verify(header(T, VECTOR), NOW, SECRET, "whsec_new")).isEqualTo(new Accepted());
        assertThat(verify(header(T, VECTOR), NOW, "whsec_new")).isEqualTo(refused(Reason.WRONG));
        assertThat(verify(header(T, VECTOR), NOW)).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    @DisplayName("Five minutes to either side are tolerated, and no second more")
    void tolerance() {
        for (int seconds : new int[] {-300, -1, 0, 1, 300}) {
            assertThat(verify(header(T, VECTOR), NOW.plusSeconds(seconds), SECRET))
                    .as("%d s late", seconds)
                    .isEqualTo(new Accepted());
        }
        for (int seconds : new int[] {-301, 301, 86_400}) {
            assertThat(verify(header(T, VECTOR), NOW.plusSeconds(seconds), SECRET))
                    .as("%d s late", seconds)
                    .isEqualTo(refused(Reason.STALE));
        }
    }

    static Stream<String> wrong() {
        return Stream.of(
                header(T, OTHER),
                header(T + 1, VECTOR),
                header(T, VECTOR.substring(2) + "00"),
                // a timestamp is signed as it is written
                "t=01795341600,v1=" + VECTOR,
                "t=999999999999,v1=" + VECTOR);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_wrong_signature_is_refused(String header) {
        assertThat(verify(header, NOW, SECRET)).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void another_body_is_refused() {
        byte[] body = BODY.clone();
        body[body.length - 3] ^= 1;
        assertThat(
                        TimestampedSignature.verify(
                                List.of(header(T, VECTOR)),
                                body,
                                List.of(new WebhookSecret(SECRET)),
                                NOW))
                .isEqualTo(refused(Reason.WRONG));
    }

    static Stream<String> malformed() {
        return Stream.of(
                "garbage",
                ",",
                "=",
                "t=,v1=" + VECTOR,
                "t=1795341600",
                "v1=" + VECTOR,
                "t=1795341600,v0=" + VECTOR,
                "t=1795341600,v1=",
                "t=1795341600,v1=" + VECTOR.substring(1),
                "t=1795341600,v1=" + VECTOR + "00",
                "t=1795341600,v1=" + "zz".repeat(32),
                "t=-1795341600,v1=" + VECTOR,
                "t=+1795341600,v1=" + VECTOR,
                "t=1795341600.0,v1=" + VECTOR,
                "t=9999999999999,v1=" + VECTOR,
                "t=١٧٩٥٣٤١٦٠٠,v1=" + VECTOR,
                "t=1795341600,t=1795341600,v1=" + VECTOR,
                "t=1795341600,v1=" + VECTOR + ",",
                "t=1795341600,v1=" + VECTOR + ",x=" + "y".repeat(Limits.HEADER_CHARS_MAX),
                "t=1795341600,v1=" + VECTOR + ",x=y".repeat(Limits.HEADER_ELEMENTS_MAX));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void a_header_unlike_those_of_stripe_is_refused(String header) {
        assertThat(verify(header, NOW, SECRET)).isEqualTo(refused(Reason.MALFORMED));
    }

    @Test
    void no_header_or_two_are_refused() {
        List<WebhookSecret> secrets = List.of(new WebhookSecret(SECRET));
        String header = header(T, VECTOR);
        assertThat(TimestampedSignature.verify(List.of(), BODY, secrets, NOW))
                .isEqualTo(refused(Reason.MISSING));
        assertThat(TimestampedSignature.verify(List.of("  "), BODY, secrets, NOW))
                .isEqualTo(refused(Reason.MISSING));
        assertThat(TimestampedSignature.verify(List.of(header, header), BODY, secrets, NOW))
                .isEqualTo(refused(Reason.MALFORMED));
    }

    @Test
    @DisplayName("Random bodies and secrets agree with the HMAC of RFC 2104 written out")
    void agrees_with_the_hmac_written_out() throws NoSuchAlgorithmException {
        long seed = 77;
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] body = new byte[random.nextInt(3_000)];
            random.nextBytes(body);
            String secret = "s".repeat(1 + random.nextInt(100)) + i;
            assertThat(
                            TimestampedSignature.verify(
                                    List.of(header(T, hmac(secret, T, body))),
                                    body,
                                    List.of(new WebhookSecret(secret)),
                                    NOW))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(new Accepted());
        }
    }

    @Test
    void random_headers_are_refused() {
        long seed = 78;
        Random random = new Random(seed);
        String alphabet = "tv01=,=,abcdef0123456789 \u0000é";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder header = new StringBuilder();
            for (int n = random.nextInt(120); n >= 0; n--) {
                header.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(verify(header.toString(), NOW, SECRET))
                    .as("seed %d, round %d: %s", seed, i, header)
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void a_secret_prints_as_dots() {
        assertThat(new WebhookSecret(SECRET).toString()).doesNotContain("made_up");
    }

    private static Refused refused(Reason reason) {
        return new Refused(reason);
    }

    private static String header(long timestamp, String signature) {
        return "t=" + timestamp + ",v1=" + signature;
    }

    /** RFC 2104 written out, so that nothing is shared with what is tested but SHA-256. */
    private static String hmac(String secret, long timestamp, byte[] body)
            throws NoSuchAlgorithmException {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        if (key.length > 64) {
            key = MessageDigest.getInstance("SHA-256").digest(key);
        }
        byte[] inner = Arrays.copyOf(key, 64);
        byte[] outer = Arrays.copyOf(key, 64);
        for (int i = 0; i < 64; i++) {
            inner[i] ^= 0x36;
            outer[i] ^= 0x5c;
        }
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(inner);
        sha256.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
        byte[] hash = sha256.digest(body);
        sha256.update(outer);
        return HexFormat.of().formatHex(sha256.digest(hash));
    }
}
