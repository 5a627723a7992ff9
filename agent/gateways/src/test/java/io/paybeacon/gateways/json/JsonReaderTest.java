package io.paybeacon.gateways.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.json.JsonReader.Parsed;
import io.paybeacon.gateways.json.JsonValue.Bool;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Items;
import io.paybeacon.gateways.json.JsonValue.Special;
import io.paybeacon.gateways.json.JsonValue.Text;
import io.paybeacon.gateways.json.JsonValue.Whole;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonReaderTest {
    private static final JsonReader READER =
            new JsonReader((parent, name) ->
                    parent.equals("inner") ? name.equals("x") : name.length() > 1);

    private static Parsed read(String json) {
        return READER.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_wanted_fields_are_read_wherever_they_stand() {
        Parsed parsed =
                read(
                        """
                        {"a": {"deep": [1, {"deeper": "no"}]}, "text": "é\\u0041", "long": 7,
                         "real": 1.0, "huge": 99999999999999999999, "true": true, "null": null,
                         "list": ["a", [], {"yes": false, "n": 0}],
                         "inner": {"x": 1, "yes": 2}}\
                        """);

        assertThat(parsed.problem()).isNull();
        assertThat(parsed.root().values())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "text", new Text("éA"),
                                "long", new Whole(7),
                                "real", Special.OTHER_NUMBER,
                                "huge", Special.OTHER_NUMBER,
                                "true", new Bool(true),
                                "null", Special.NULL,
                                "list",
                                        new Items(
                                                List.of(
                                                        new Text("a"),
                                                        new Items(List.of()),
                                                        new Fields(
                                                                Map.of("yes", new Bool(false))))),
                                "inner", new Fields(Map.of("x", new Whole(1)))));
        assertThat(parsed.root().get("a")).isEqualTo(Special.ABSENT);
    }

    static Stream<Arguments> unreadable() {
        String nested = "[".repeat(Limits.NESTING_DEPTH_MAX) + "]".repeat(Limits.NESTING_DEPTH_MAX);
        return Stream.of(
                Arguments.of("", MalformedReason.SYNTAX),
                Arguments.of(" ", MalformedReason.SYNTAX),
                Arguments.of("[]", MalformedReason.SYNTAX),
                Arguments.of("7", MalformedReason.SYNTAX),
                Arguments.of("{", MalformedReason.SYNTAX),
                Arguments.of("{\"ab\"}", MalformedReason.SYNTAX),
                Arguments.of("{\"ab\":}", MalformedReason.SYNTAX),
                Arguments.of("{\"ab\":1,}", MalformedReason.SYNTAX),
                Arguments.of("{\"ab\":[1,2", MalformedReason.SYNTAX),
                Arguments.of("{\"ab\":[1,2}", MalformedReason.SYNTAX),
                Arguments.of("{\"a\":[1,2", MalformedReason.SYNTAX),
                Arguments.of("{\"ab\":NaN}", MalformedReason.SYNTAX),
                Arguments.of("{} {}", MalformedReason.SYNTAX),
                Arguments.of("{}x", MalformedReason.SYNTAX),
                Arguments.of("{\"ab\":1,\"ab\":1}", MalformedReason.SYNTAX),
                Arguments.of(
                        "{\"ab\":[" + "0,".repeat(Limits.ARRAY_ITEMS_MAX) + "0",
                        MalformedReason.SYNTAX),
                Arguments.of("{\"ab\":" + nested + "}", MalformedReason.OVER_LIMIT),
                Arguments.of("{\"a\":" + nested + "}", MalformedReason.OVER_LIMIT),
                Arguments.of(
                        "{\"ab\":\"" + "x".repeat(Limits.TEXT_CHARS_MAX + 1) + "\"}",
                        MalformedReason.OVER_LIMIT),
                Arguments.of(
                        "{\"" + "x".repeat(Limits.NAME_CHARS_MAX + 1) + "\":1}",
                        MalformedReason.OVER_LIMIT),
                Arguments.of(
                        "{\"ab\":" + "9".repeat(Limits.NUMBER_CHARS_MAX + 1) + "}",
                        MalformedReason.OVER_LIMIT),
                Arguments.of(
                        "{\"ab\":1" + " ".repeat(Limits.BODY_BYTES_MAX) + "}",
                        MalformedReason.OVER_LIMIT));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void what_cannot_be_read_is_a_problem(String json, MalformedReason reason) {
        assertThat(read(json).problem()).isNotNull();
        assertThat(read(json).problem().reason()).isEqualTo(reason);
        assertThat(read(json).problem().detail()).doesNotContain("ab", "xx", "99");
    }

    @Test
    void bytes_that_are_no_utf_8_are_a_problem() {
        byte[] body = "{\"ab\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        body[7] = (byte) 0xC3;

        assertThat(READER.read(body).problem().reason()).isEqualTo(MalformedReason.SYNTAX);
    }

    @Test
    @DisplayName("A field that comes twice is a problem only where it is read")
    void duplicates() {
        assertThat(read("{\"a\":1,\"a\":2,\"ab\":3}").problem()).isNull();
        assertThat(read("{\"ab\":{\"cd\":1,\"cd\":1}}").problem()).isNotNull();
    }

    @Test
    void arrays_are_kept_up_to_the_limit_and_read_to_their_end() {
        Parsed parsed = read("{\"ab\":[" + "[0],".repeat(Limits.ARRAY_ITEMS_MAX) + "1],\"cd\":2}");

        assertThat(parsed.problem()).isNull();
        assertThat(parsed.root().get("cd")).isEqualTo(new Whole(2));
        assertThat(((Items) parsed.root().get("ab")).values()).hasSize(Limits.ARRAY_ITEMS_MAX);
    }
}
