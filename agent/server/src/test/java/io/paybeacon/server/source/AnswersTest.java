package io.paybeacon.server.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.paybeacon.server.source.ExpositionReader.Sample;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of status pages, expositions and Prometheus servers: read, or refused with a reason. */
class AnswersTest {
    private static final String EXPOSITION =
            """
            # HELP api_errors_total Errors.
            # TYPE api_errors_total counter
            api_errors_total{path="/pay",code="5\\"0\\\\0\\n"} 7 1700000000000
            api_errors_total { path = "/pay" , code="400", } 3.5e1
            api_latency_seconds 0.250 # {trace_id="abc"} 0.3
            api_broken NaN
            api_inf +Inf
            other{a="}"} 1
            # EOF
            """;

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_010);

    private static Document document(String text) {
        return new Document(Buffer.buffer(text), "", NOW);
    }

    private static List<Sample> read(String... metrics) throws Exception {
        return ExpositionReader.read(document(EXPOSITION), Set.of(metrics));
    }

    @Test
    @DisplayName("exposition: labels with escapes, timestamps, exemplars, spaces")
    void exposition_forms() throws Exception {
        assertThat(read("api_errors_total"))
                .containsExactly(
                        new Sample(
                                "api_errors_total",
                                Map.of("path", "/pay", "code", "5\"0\\0\n"),
                                new BigDecimal("7"),
                                false),
                        new Sample(
                                "api_errors_total",
                                Map.of("path", "/pay", "code", "400"),
                                new BigDecimal("3.5e1"),
                                false));
        assertThat(read("api_latency_seconds").getFirst().value()).isEqualByComparingTo("0.25");
        assertThat(read("other").getFirst().labels()).containsEntry("a", "}");
        assertThat(read("absent")).isEmpty();
    }

    @Test
    @DisplayName("exposition: what is no finite number has no value")
    void exposition_notFinite() throws Exception {
        assertThat(read("api_broken").getFirst().value()).isNull();
        assertThat(read("api_inf").getFirst().value()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "<html>not found</html>",
                "metric",
                "metric one",
                "metric{a=\"b\" 1",
                "metric{a=b} 1",
                "metric{a=\"b\",a=\"c\"} 1",
                "metric{a=\"b} 1",
                "metric 1 2 3",
                "1metric 1",
                "{\"status\":\"ok\"}",
            })
    @DisplayName("exposition: what is not of the format is malformed as a whole")
    void exposition_malformed(String text) {
        assertThatThrownBy(() -> ExpositionReader.read(document("ok 1\n" + text), Set.of("ok")))
                .isInstanceOf(BadAnswerException.class);
    }

    @Test
    @DisplayName("exposition: random bytes never do worse than be refused")
    void exposition_random() {
        long seed = 42;
        Random random = new Random(seed);
        String alphabet = "ab_{}=\",\\ \n#1.eN+-\t";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("a 1\n");
            for (int c = random.nextInt(40); c > 0; c--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(ExpositionReader.read(document(text.toString()), Set.of("a", "b")))
                        .as("seed %d, case %d: %s", seed, i, text)
                        .isNotEmpty();
            } catch (BadAnswerException e) {
                assertThat(e.reason())
                        .as("seed %d, case %d: %s", seed, i, text)
                        .isEqualTo(SourceReason.MALFORMED);
            }
        }
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'status':'success','data':{'resultType':'scalar','result':[1.7e9,'0.5']}} | 0.5",
                "{'status':'success','data':{'"
                        + "resultType':'vector','result':[{'metric':{},'value':[1.7e9,'12']}]}}"
                        + " | 12",
                "{'status':'success','data':{'resultType':'vector','result':[]}} | NO_SERIES",
                "{'status':'success','data':{'"
                        + "resultType':'vector','result':[{'value':[1.7e9,'NaN']}]}}"
                        + " | BAD_VALUE",
                "{'status':'success','data':{'resultType':'vector','result':[{'value':[1.7e9,'1']}"
                        + ",{'value':[1.7e9,'2']}]}}"
                        + " | BAD_VALUE",
                "{'status':'success','data':{'resultType':'matrix','result':[]}} | BAD_VALUE",
                "{'status':'error','errorType':'bad_data','error':'parse error'} | MALFORMED",
                "{'status':'success'} | MALFORMED",
                "[] | MALFORMED",
                "nothing | MALFORMED",
            })
    @DisplayName("PromQL: one finite number, or a reason")
    void promql_table(String quoted, String expected) throws Exception {
        String text = quoted.replace('\'', '"');
        if (expected.matches("[0-9.]+")) {
            assertThat(PromQlAnswer.read(document(text))).isEqualByComparingTo(expected);
        } else {
            assertThatThrownBy(() -> PromQlAnswer.read(document(text)))
                    .isInstanceOfSatisfying(
                            BadAnswerException.class,
                            e -> assertThat(e.reason().name()).isEqualTo(expected));
        }
    }

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'status':{'indicator':'none'},'components':[]} | | 0",
                "{'status':{'indicator':'maintenance'}} | | 1",
                "{'status':{'indicator':'minor'}} | | 2",
                "{'status':{'indicator':'major'}} | | 3",
                "{'status':{'indicator':'critical'}} | | 4",
                "{'status':{'indicator':'puzzled'}} | | BAD_VALUE",
                "{'components':[{'name':'API','status':'operational'}"
                        + ",{'name':'Web','status':'major_outage'}]}"
                        + " | api | 0",
                "{'components':[{'name':'API','status':'under_maintenance'}"
                        + ",{'name':'Hooks','status':'partial_outage'}]}"
                        + " | API,hooks | 3",
                "{'components':[{'name':'API','status':'degraded_performance'}]} | API | 2",
                "{'components':[{'name':'API','status':'operational'}]} | Payouts | NO_SERIES",
                "{'components':[{'name':'API','status':'sleepy'}]} | API | BAD_VALUE",
                "{'page':{}} | | MALFORMED",
                "<html> | | MALFORMED",
            })
    @DisplayName("status page: the page, or the worst of the components that matter")
    void statusPage_table(String quoted, String components, String expected) throws Exception {
        String text = quoted.replace('\'', '"');
        List<String> wanted = components == null ? List.of() : List.of(components.split(","));
        if (expected.matches("[0-9]")) {
            assertThat(StatusPageAnswer.read(document(text), wanted))
                    .isEqualTo(Integer.parseInt(expected));
        } else {
            assertThatThrownBy(() -> StatusPageAnswer.read(document(text), wanted))
                    .isInstanceOfSatisfying(
                            BadAnswerException.class,
                            e -> assertThat(e.reason().name()).isEqualTo(expected));
        }
    }
}
