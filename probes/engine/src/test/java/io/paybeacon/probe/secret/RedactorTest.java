package io.paybeacon.probe.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private static final String CANARY = "canary+key/with=signs";
    private final Redactor redactor = Redactor.of(List.of(Secret.of(CANARY)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    key canary+key/with=signs here         | key *** here
                    canary%2Bkey%2Fwith%3Dsigns            | ***
                    Authorization: Bearer abc.def-123      | Authorization: Bearer ***
                    sk_test_abcd1234EFGH                   | ***
                    rk_live_abcd1234EFGH                   | ***
                    pi_123_secret_456                      | ***
                    card 4242424242424242.                 | card ***.
                    card 4242 4242 4242 4242               | card ***
                    card 3782-822463-10005                 | card ***
                    {"cvc":"123","a":1}                    | {"cvc":"***","a":1}
                    cvc=9876                               | cvc=***
                    card 4242.4242.4242.4242               | card ***
                    card 4242_4242_4242_4242,              | card ***,
                    2 4242424242424242 3                   | 2 *** 3
                    12-4242-4242-4242-4242-12              | 12-***-12
                    4242%204242%204242%204242              | ***
                    card=4242+4242+4242+4242&a=1           | card=***&a=1
                    %34242424242424242                     | ***
                    4242%2D4242%2D4242%2D4242              | ***
                    4242\\u00204242\\u00204242\\u00204242     | ***
                    "n":"\\u0034242424242424242"            | "n":"***"
                    {\\"cvc\\":\\"123\\"}                     | {\\"cvc\\":\\"***\\"}
                    card%5Bcvc%5D=123                      | card%5Bcvc%5D=***
                    "securityCode": "737"                  | "securityCode": "***"
                    "encryptedSecurityCode":"test_737"     | "encryptedSecurityCode":"test_***"
                    "encryptedCardNumber":"test_4111111111111111" | "encryptedCardNumber":"test_***"
                    "access_token":"abcd.efgh"             | "access_token":"***"
                    client_secret=abcdefgh&x=1             | client_secret=***&x=1
                    "refresh_token" : "abcdefgh"           | "refresh_token" : "***"
                    "id_token":null,"password":"hunter22" | "id_token":null,"password":"***"
                    canary\\u002bkey\\/with=signs            | ***
                    """)
    @DisplayName("What must not be shown is masked")
    void redact_sensitive(String text, String masked) {
        assertThat(redactor.redact(text)).isEqualTo(masked);
        assertThat(redactor.isSensitive(text)).isTrue();
    }

    @Test
    void redact_base64() {
        byte[] user = (CANARY + ":").getBytes(StandardCharsets.UTF_8);
        String basic = Base64.getEncoder().encodeToString(user);
        assertThat(redactor.redact("x " + basic)).isEqualTo("x ***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CANARY,
                "user:" + CANARY,
                "a:" + CANARY,
                "ab:" + CANARY + ":",
                "{\"card\":\"4242 4242 4242 4242\"}",
                "x 5555555555554444"
            })
    @DisplayName("Base64 hides nothing, wherever in it a secret begins")
    void redact_inBase64(String carried) {
        byte[] bytes = carried.getBytes(StandardCharsets.UTF_8);
        for (Base64.Encoder encoder :
                List.of(
                        Base64.getEncoder(),
                        Base64.getUrlEncoder(),
                        Base64.getEncoder().withoutPadding())) {
            String encoded = encoder.encodeToString(bytes);
            assertThat(redactor.redact("a " + encoded + " z"))
                    .matches("a [A-Za-z0-9]{0,8}[*]{3}[A-Za-z0-9=]{0,4} z");
            String inForm = "a=" + URLEncoder.encode(encoded, StandardCharsets.UTF_8);
            assertThat(redactor.redact(inForm)).doesNotContain(encoded.substring(0, 12));
        }
    }

    @Test
    @DisplayName("A secret that is learned later is masked from then on, in all its forms")
    void redact_learned() {
        Redactor more = redactor.with("later \"secret\"");
        assertThat(more.redact("x later+%22secret%22 y " + CANARY)).isEqualTo("x *** y ***");
        assertThat(more.redact("\"later \\\"secret\\\"\"")).isEqualTo("\"***\"");
        assertThat(more.with("later \"secret\"")).isSameAs(more);
    }

    @ParameterizedTest
    @CsvSource({
        "pi_3Nabc",
        "1732276800000000000",
        "4242424242424241",
        "{\"amount\":1099}",
        "2026-11-22T18:40:03.123456789Z",
        "a%20b+c%2Fd",
        "https://status.example/api/v2/summary.json?x=%7B%7D",
        "r0123456789abcdef01234567-create-89abcdef",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "\"password\":null",
        "r0123456789abcdef01234567"
    })
    @DisplayName("Ids, times and amounts are left alone")
    void redact_harmless(String text) {
        assertThat(redactor.redact(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "api-m.paypal.com, true",
        "API.PayPal.com, true",
        "api-m.sandbox.paypal.com, false",
        "abc-Acme-checkout-live.adyenpayments.com, true",
        "checkout-test.adyen.com, false",
        "api-m.paypal.com.example, false",
        "127.0.0.1, false"
    })
    @DisplayName("Hosts at which real money moves are known where keys do not tell")
    void liveHosts_table(String host, boolean live) {
        assertThat(LiveHosts.isLive(host)).isEqualTo(live);
    }

    @Test
    @DisplayName("A secret never shows itself, and must be usable in a header")
    void secret_text() {
        assertThat(Secret.of(CANARY)).hasToString("***");
        assertThatThrownBy(() -> Secret.of("abc\n")).hasMessageContaining("line end");
        assertThatThrownBy(() -> Secret.of(" ")).hasMessageContaining("empty");
        assertThat(Secret.of("sk_live_x").isLive()).isTrue();
        assertThat(Secret.of("sk_test_x").isLive()).isFalse();
    }
}
