package io.paybeacon.probe.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    @CsvSource({
        "pi_3Nabc",
        "1732276800000000000",
        "4242424242424241",
        "9999999999999995",
        "{\"amount\":1099}",
        "r0123456789abcdef01234567"
    })
    @DisplayName("Ids, times and amounts are left alone")
    void redact_harmless(String text) {
        assertThat(redactor.redact(text)).isEqualTo(text);
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
