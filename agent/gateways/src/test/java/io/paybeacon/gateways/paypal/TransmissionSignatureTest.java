package io.paybeacon.gateways.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.gateways.Verified;
import io.paybeacon.gateways.Verified.Accepted;
import io.paybeacon.gateways.Verified.Reason;
import io.paybeacon.gateways.Verified.Refused;
import io.paybeacon.gateways.WebhookHeaders;
import io.paybeacon.gateways.WebhookSecret;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransmissionSignatureTest {
    private static final String WEBHOOK_ID = "1JE4291016473214C";
    private static final String URL = "https://api.paypal.com/v1/notifications/certs/CERT-1";
    private static final String TIME = "2026-11-22T12:00:00Z";
    private static final Instant NOW = Instant.parse(TIME);
    private static final byte[] BODY = Resources.bytes("{\"id\": \"WH-1\"}");

    /** Python: zlib.crc32(b'{"id": "WH-1"}'). */
    private static final String BODY_CRC32 = "606402450";

    private static TestKeys keys;
    private static TestKeys otherKeys;

    @BeforeAll
    static void makeKeys(@TempDir Path directory) throws Exception {
        keys = TestKeys.make(directory, "paypal", NOW);
        otherKeys = TestKeys.make(directory, "other", NOW);
    }

    @Test
    void a_message_that_paypal_signed_is_accepted() {
        assertThat(verify(headers(), BODY, NOW)).isEqualTo(new Accepted());
    }

    @Test
    @DisplayName("Each of several webhook ids may be meant, while one replaces another")
    void several_ids() {
        PayPalWebhooks adapter = adapter(Optional.of(keys.certificate()));
        List<WebhookSecret> secrets =
                Stream.of("OTHER", WEBHOOK_ID).map(WebhookSecret::new).toList();
        assertThat(adapter.verify(WebhookHeaders.of(headers()), BODY, secrets, NOW))
                .isEqualTo(new Accepted());
        assertThat(
                        adapter.verify(
                                WebhookHeaders.of(headers()),
                                BODY,
                                List.of(new WebhookSecret("OTHER")),
                                NOW))
                .isEqualTo(new Refused(Reason.WRONG));
    }

    @Test
    @DisplayName("Anything that is signed and changed on the way is refused")
    void changed() {
        assertThat(verify(headers(), Resources.bytes("{\"id\": \"WH-2\"}"), NOW))
                .isEqualTo(new Refused(Reason.WRONG));
        assertThat(verify(with(TransmissionSignature.ID, "other-id"), BODY, NOW))
                .isEqualTo(new Refused(Reason.WRONG));
        assertThat(verify(with(TransmissionSignature.TIME, "2026-11-22T12:00:01Z"), BODY, NOW))
                .isEqualTo(new Refused(Reason.WRONG));
        assertThat(verify(with(TransmissionSignature.SIGNATURE, "AAAA"), BODY, NOW))
                .isEqualTo(new Refused(Reason.WRONG));
    }

    @Test
    void a_signature_of_another_key_is_refused() {
        Verified verified =
                adapter(Optional.of(otherKeys.certificate()))
                        .verify(WebhookHeaders.of(headers()), BODY, secrets(), NOW);
        assertThat(verified).isEqualTo(new Refused(Reason.WRONG));
    }

    @Test
    void without_the_certificate_nothing_is_proven() {
        assertThat(
                        adapter(Optional.empty())
                                .verify(WebhookHeaders.of(headers()), BODY, secrets(), NOW))
                .isEqualTo(new Refused(Reason.WRONG));
    }

    @Test
    @DisplayName("A certificate proves nothing before and after its time")
    void expired_certificate() {
        Instant past = keys.certificate().getNotAfter().toInstant().plusSeconds(1);
        Instant before = keys.certificate().getNotBefore().toInstant().minusSeconds(1);
        assertThat(verify(headers(), BODY, past)).isEqualTo(new Refused(Reason.WRONG));
        assertThat(verify(headers(), BODY, before)).isEqualTo(new Refused(Reason.WRONG));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, true",
        "P3D, true",
        "P4D, true",
        "P4DT1S, false",
        "-PT5M, true",
        "-PT5M1S, false"
    })
    @DisplayName("PayPal sends again for three days; what is older is a replay")
    void age(Duration age, boolean accepted) {
        assertThat(verify(headers(), BODY, NOW.plus(age)))
                .isEqualTo(accepted ? new Accepted() : new Refused(Reason.STALE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/v1/notifications/certs/CERT-1",
                "https://api.paypal.com.evil.example/certs/CERT-1",
                "https://evil.example/api.paypal.com/CERT-1",
                "https://API.PAYPAL.COM/v1/notifications/certs/CERT-1",
                "https://api.paypal.com:444/v1/notifications/certs/CERT-1",
                "http://api.paypal.com/v1/notifications/certs/CERT-1",
                "https://api.paypal.com./v1/notifications/certs/CERT-1"
            })
    @DisplayName("A certificate of any other host is not even asked for")
    void foreign_hosts(String url) {
        List<String> asked = new ArrayList<>();
        PayPalWebhooks adapter =
                new PayPalWebhooks(
                        "paypal-eu",
                        at -> {
                            asked.add(at);
                            return Optional.of(keys.certificate());
                        },
                        PayPalWebhooks.PAYPAL_HOSTS);
        WebhookHeaders headers = WebhookHeaders.of(with(TransmissionSignature.CERTIFICATE, url));

        assertThat(adapter.verify(headers, BODY, secrets(), NOW))
                .isEqualTo(new Refused(Reason.WRONG));
        assertThat(adapter.certificateUrl(headers)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.paypal.com@evil.example/certs/CERT-1",
                "https://api.paypal.com/certs/CERT-1?x=1",
                "https://api.paypal.com/certs/CERT-1#x",
                "file:///etc/passwd",
                "//api.paypal.com/certs",
                "https://api.paypal.com"
            })
    void addresses_that_are_none_of_paypals_are_malformed(String url) {
        Map<String, String> headers = with(TransmissionSignature.CERTIFICATE, url);
        assertThat(verify(headers, BODY, NOW)).isEqualTo(new Refused(Reason.MALFORMED));
        assertThat(adapter(Optional.empty()).certificateUrl(WebhookHeaders.of(headers))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, http://127.0.0.1:8080/certs/1, true",
        "127.0.0.1:8080, http://127.0.0.1:8081/certs/1, false",
        "127.0.0.1:8080, https://127.0.0.1:8080/certs/1, true",
        "sandbox:8080, http://sandbox:8080/certs/1, false",
        "sandbox:8080, https://sandbox:8080/certs/1, true"
    })
    @DisplayName("A sandbox on the machine itself may be allowed, and only it without TLS")
    void sandbox(String allowed, String url, boolean accepted) {
        PayPalWebhooks adapter =
                new PayPalWebhooks(
                        "paypal-eu", _ -> Optional.of(keys.certificate()), Set.of(allowed));
        WebhookHeaders headers = WebhookHeaders.of(with(TransmissionSignature.CERTIFICATE, url));

        assertThat(adapter.verify(headers, BODY, secrets(), NOW))
                .isEqualTo(accepted ? new Accepted() : new Refused(Reason.WRONG));
        assertThat(adapter.certificateUrl(headers))
                .isEqualTo(accepted ? Optional.of(url) : Optional.empty());
    }

    @Test
    void without_a_signature_it_is_missing() {
        Map<String, String> headers = headers();
        headers.remove(TransmissionSignature.SIGNATURE);
        assertThat(verify(headers, BODY, NOW)).isEqualTo(new Refused(Reason.MISSING));
        assertThat(verify(with(TransmissionSignature.SIGNATURE, " "), BODY, NOW))
                .isEqualTo(new Refused(Reason.MISSING));
    }

    @ParameterizedTest
    @CsvSource({
        "PAYPAL-TRANSMISSION-ID, ''",
        "PAYPAL-TRANSMISSION-ID, 'a|b'",
        "PAYPAL-TRANSMISSION-TIME, yesterday",
        "PAYPAL-TRANSMISSION-SIG, '!!!'",
        "PAYPAL-AUTH-ALGO, SHA1withRSA",
        "PAYPAL-AUTH-ALGO, none"
    })
    void headers_that_are_written_otherwise_are_malformed(String name, String value) {
        assertThat(verify(with(name, value), BODY, NOW)).isEqualTo(new Refused(Reason.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PAYPAL-TRANSMISSION-ID",
                "PAYPAL-TRANSMISSION-TIME",
                "PAYPAL-CERT-URL",
                "PAYPAL-AUTH-ALGO"
            })
    void a_header_that_is_missing_or_comes_twice_is_malformed(String name) {
        Map<String, String> missing = headers();
        missing.remove(name);
        assertThat(verify(missing, BODY, NOW)).isEqualTo(new Refused(Reason.MALFORMED));

        Map<String, String> all = headers();
        WebhookHeaders twice =
                asked -> {
                    String value = all.get(asked);
                    return asked.equals(name) ? List.of(value, value) : List.of(value);
                };
        assertThat(adapter(Optional.of(keys.certificate())).verify(twice, BODY, secrets(), NOW))
                .isEqualTo(new Refused(Reason.MALFORMED));
    }

    private static Verified verify(Map<String, String> headers, byte[] body, Instant now) {
        return adapter(Optional.of(keys.certificate()))
                .verify(WebhookHeaders.of(headers), body, secrets(), now);
    }

    private static PayPalWebhooks adapter(Optional<X509Certificate> certificate) {
        return new PayPalWebhooks("paypal-eu", _ -> certificate, PayPalWebhooks.PAYPAL_HOSTS);
    }

    private static List<WebhookSecret> secrets() {
        return List.of(new WebhookSecret(WEBHOOK_ID));
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> headers = headers();
        headers.put(name, value);
        return headers;
    }

    private static Map<String, String> headers() {
        String id = "69cd13f0-d67a-11e5-baa3-778b53f4ae55";
        Map<String, String> headers = new HashMap<>();
        headers.put(TransmissionSignature.ID, id);
        headers.put(TransmissionSignature.TIME, TIME);
        headers.put(TransmissionSignature.CERTIFICATE, URL);
        headers.put(TransmissionSignature.ALGORITHM, "SHA256withRSA");
        headers.put(
                TransmissionSignature.SIGNATURE,
                sign(String.join("|", id, TIME, WEBHOOK_ID, BODY_CRC32)));
        return headers;
    }

    private static String sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.privateKey());
            signature.update(Resources.bytes(text));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
