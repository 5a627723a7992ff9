package io.paybeacon.server.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an editor says of a configuration with the shipped schema. */
class JsonSchemaTest {
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(JsonSchema.text(), InputFormat.JSON);

    private static List<Error> judge(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML);
    }

    @Test
    void example_isRight() {
        assertThat(judge(ConfigExample.TEXT)).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    data: ./data                             | dta: ./data
                    requestsPerSecond: 20                    | requestPerSecond: 20
                    requestsPerSecond: 20                    | requestsPerSecond: 0
                    kind: card                               | kind: cards
                    apiKey: ${env:STRIPE_TEST_KEY}           | apiKey: sk_of_nobody
                    every: 15s                               | every: 15
                    confirm: true                            | confirm: maybe
                    days: [sat, sun]                         | days: [saturday]
                    from: "02:00", for: 2h                   | from: "26:00", for: 2h
                    kind: promql                             | kind: promQL
                    {startTls: true}                         | {startTls: maybe}
                    certificate: "${file:server.pem}", key:  | certificate: server.pem, key:
                    status: [200, 201]                       | status: []
                    type: AAAA                               | type: PTR
                    kind: card                               | nature: card
                    stripe-eu:                               | Stripe EU:
                    """)
    void mistake_isMarked(String right, String wrong) {
        assertThat(ConfigExample.TEXT).contains(right);

        assertThat(judge(ConfigExample.TEXT.replace(right, wrong))).isNotEmpty();
    }
}
