package io.paybeacon.telemetry;

import static io.paybeacon.telemetry.ExpositionFormat.OPENMETRICS;
import static io.paybeacon.telemetry.ExpositionFormat.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpositionFormatTest {
    static Stream<Arguments> accepts() {
        return Stream.of(
                arguments("no header", null, TEXT),
                arguments("empty", "", TEXT),
                arguments("curl", "*/*", TEXT),
                arguments("a browser", "text/html,application/xml;q=0.9,*/*;q=0.8", TEXT),
                arguments(
                        "Prometheus 2.42",
                        "application/openmetrics-text;version=1.0.0,"
                                + "application/openmetrics-text;version=0.0.1;q=0.75,"
                                + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                        OPENMETRICS),
                arguments(
                        "Prometheus 3",
                        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                                + "application/openmetrics-text;version=0.0.1;q=0.4,"
                                + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
                                + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
                        OPENMETRICS),
                arguments(
                        "OpenMetrics without version", "application/openmetrics-text", OPENMETRICS),
                arguments(
                        "in capitals", "Application/OpenMetrics-Text; Version=1.0.0", OPENMETRICS),
                arguments(
                        "quoted version",
                        "application/openmetrics-text;version=\"1.0.0\"",
                        OPENMETRICS),
                arguments(
                        "only a version we lack",
                        "application/openmetrics-text;version=2.0.0",
                        TEXT),
                arguments("both as much", "text/plain,application/openmetrics-text", OPENMETRICS),
                arguments("text more", "text/plain,application/openmetrics-text;q=0.9", TEXT),
                arguments(
                        "anything of text more", "application/openmetrics-text;q=0.1,text/*", TEXT),
                arguments(
                        "OpenMetrics refused", "application/openmetrics-text;q=0,*/*;q=0.1", TEXT),
                arguments("everything refused", "*/*;q=0", TEXT),
                arguments("broken quality", "application/openmetrics-text;q=abc", TEXT),
                arguments(
                        "quality above one",
                        "application/openmetrics-text;q=1.9,text/plain",
                        OPENMETRICS),
                arguments("protobuf only", "application/vnd.google.protobuf;q=0.7", TEXT),
                arguments("separators only", ",;,;=;q", TEXT),
                arguments("too long", "application/openmetrics-text," + "a/b,".repeat(600), TEXT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepts")
    void negotiate_takesWhatTheClientWantsMost(
            String client, String accept, ExpositionFormat expected) {
        assertThat(ExpositionFormat.negotiate(accept)).as(client).isEqualTo(expected);
    }

    @Test
    void contentType_namesFormatVersionAndCharset() {
        assertThat(OPENMETRICS.contentType())
                .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(TEXT.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    }
}
