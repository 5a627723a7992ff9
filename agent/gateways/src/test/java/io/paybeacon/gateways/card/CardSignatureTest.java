package io.paybeacon.gateways.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.gateways.Verified;
import io.paybeacon.gateways.Verified.Accepted;
import io.paybeacon.gateways.Verified.Reason;
import io.paybeacon.gateways.Verified.Refused;
import io.paybeacon.gateways.WebhookHeaders;
import io.paybeacon.gateways.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which a signature can be wrong, and what it is called. */
class CardSignatureTest {
    private static final long T = 1_795_348_800L;

    /** Python: hmac.new(b'card_made_up', b'1795348800.{}', hashlib.sha256).hexdigest(). */
    private static final String RIGHT =
            "a7f6c551ec3e523bd7b2da69a877df7b5fda57cfce8b582cc199cb65cfccba2b";

    private static final String BASE64 =
            Base64.getEncoder().encodeToString(HexFormat.of().parseHex(RIGHT));
    private static final String OTHER = "11".repeat(32);

    static Stream<Arguments> headers() {
        return Stream.of(
                row("right", new Accepted(), 0, "t=" + T + ",v1=" + RIGHT),
                row("in capitals", new Accepted(), 0, "t=" + T + ",v1=" + upper(RIGHT)),
                row("the second", new Accepted(), 0, "t=" + T + ",v1=" + OTHER + ",v1=" + RIGHT),
                row("at the limit", new Accepted(), 300, "t=" + T + ",v1=" + RIGHT),
                row("ahead at the limit", new Accepted(), -300, "t=" + T + ",v1=" + RIGHT),
                row("stale", refused(Reason.STALE), 301, "t=" + T + ",v1=" + RIGHT),
                row("from the future", refused(Reason.STALE), -301, "t=" + T + ",v1=" + RIGHT),
                row("forged", refused(Reason.WRONG), 0, "t=" + T + ",v1=" + OTHER),
                row("another time", refused(Reason.WRONG), 0, "t=" + (T + 1) + ",v1=" + RIGHT),
                row("truncated", refused(Reason.MALFORMED), 0, "t=" + T + ",v1=" + cut(RIGHT)),
                row("wrong encoding", refused(Reason.MALFORMED), 0, "t=" + T + ",v1=" + BASE64),
                row("a scheme for tests", refused(Reason.MALFORMED), 0, "t=" + T + ",v0=" + RIGHT),
                row("no time", refused(Reason.MALFORMED), 0, "v1=" + RIGHT),
                row("no signature", refused(Reason.MALFORMED), 0, "t=" + T),
                row("empty", refused(Reason.MISSING), 0, ""),
                row("blank", refused(Reason.MISSING), 0, "  "),
                row("missing", refused(Reason.MISSING), 0),
                row(
                        "twice",
                        refused(Reason.MALFORMED),
                        0,
                        "t=" + T + ",v1=" + RIGHT,
                        "t=" + T + ",v1=" + RIGHT));
    }

    private static Arguments row(String name, Verified verified, long late, String... headers) {
        return Arguments.of(name, verified, late, List.of(headers));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void a_header(String name, Verified verified, long late, List<String> headers) {
        assertThat(verify(headers, "{}", late, "card_old", "card_made_up"))
                .as(name)
                .isEqualTo(verified);
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of("wrong key", "{}", "card_another"),
                Arguments.of("a body cut", "{", "card_made_up"),
                Arguments.of("a body with a blank more", "{} ", "card_made_up"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void another_body_or_key_is_refused(String name, String body, String secret) {
        assertThat(verify(List.of("t=" + T + ",v1=" + RIGHT), body, 0, secret))
                .as(name)
                .isEqualTo(refused(Reason.WRONG));
    }

    private static Verified verify(List<String> values, String body, long late, String... secrets) {
        WebhookHeaders headers = name -> name.equalsIgnoreCase("X-Signature") ? values : List.of();
        return new CardWebhooks("card")
                .verify(
                        headers,
                        body.getBytes(StandardCharsets.UTF_8),
                        Stream.of(secrets).map(WebhookSecret::new).toList(),
                        Instant.ofEpochSecond(T + late));
    }

    private static Refused refused(Reason reason) {
        return new Refused(reason);
    }

    private static String cut(String text) {
        return text.substring(0, text.length() - 2);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
