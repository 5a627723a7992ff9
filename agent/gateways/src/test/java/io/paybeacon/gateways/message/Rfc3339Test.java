package io.paybeacon.gateways.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T12:00:00Z",
                "2026-11-23T12:00:00.250Z",
                "2026-11-23T12:00:00.123456789Z",
                "2026-11-23T13:00:00+01:00",
                "2024-02-29T00:00:00Z",
                "2023-02-29T00:00:00Z",
                "2026-02-31T00:00:00.000Z",
                "2026-13-01T00:00:00Z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T23:59:60Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999Z",
                "2026-11-23 12:00:00Z",
                "2026-11-23T12:00:00",
                "2026-11-2\u0663T12:00:00Z",
                "+026-11-23T12:00:00Z",
                ""
            })
    void it_is_what_the_platform_reads(String text) {
        assertThat(Rfc3339.parse(text)).isEqualTo(byPlatform(text));
    }

    @Test
    @DisplayName("Whatever the characters are, both agree")
    void random() {
        long seed = 3_339;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text =
                    new StringBuilder(
                            random.nextBoolean()
                                    ? "2026-11-23T12:34:56Z"
                                    : "2026-11-23T12:34:56.789Z");
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                char c = "0123456789-:.TZ+ ".charAt(random.nextInt(17));
                text.setCharAt(random.nextInt(text.length()), c);
            }
            assertThat(Rfc3339.parse(text.toString()))
                    .as("seed %d, round %d: %s", seed, i, text)
                    .isEqualTo(byPlatform(text.toString()));
        }
    }

    private static @Nullable Instant byPlatform(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
