package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.probe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractionTest {

    private static final String JSON =
            """
            {"id":"0012345","long":12345678901234567890123,"exp":1e5,"tiny":1E-400,"frac":10.50,
             "big":-0.1e+308,"text":"1e5","t":"t","yes":true,"none":null,"list":["a",1],
             "deep":{"a b":[{"x":"y"}]},"empty":""}
            """;
    private static final String XML =
            """
            <?xml version="1.0"?><a:answer xmlns:a="urn:acme"><state code="0012">held</state>
            <item>1</item><item>2</item></a:answer>
            """;

    @TempDir Path directory;
    private StepLab lab;

    @BeforeEach
    void start() throws Exception {
        lab = new StepLab(directory);
        lab.origin.on("POST /echo", ScriptedOrigin.json("{}"));
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    private RunResult run(String source) throws Exception {
        return lab.run(
                """
                steps:
                  - name: get
                    http: {method: GET, path: /value}
                    extract:
                      x: %s
                  - name: put
                    http: {method: POST, path: /echo, json: {x: "${x}"}}
                """
                        .formatted(source));
    }

    private void assertExtracted(RunResult result, String expected) {
        if (expected.startsWith("! ")) {
            assertThat(StepLab.outcome(result)).isEqualTo("get schema");
            assertThat(result.failure().detail()).contains(expected.substring(2));
        } else {
            assertThat(StepLab.outcome(result)).isEqualTo("passed");
            String sent = lab.origin.requests().getLast();
            assertThat(sent.substring(sent.indexOf("\r\n\r\n") + 4))
                    .isEqualTo("{\"x\":" + expected + "}");
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    $.id                                       | "0012345"
                    $.long                                     | 12345678901234567890123
                    $.exp                                      | 1e5
                    $.tiny                                     | 1E-400
                    $.frac                                     | 10.50
                    $.big                                      | -0.1e+308
                    $.text                                     | "1e5"
                    $.t                                        | "t"
                    $.yes                                      | true
                    $.deep['a b'][0].x                         | "y"
                    $.empty                                    | ""
                    $.none                                     | ! no usable value for
                    $.list                                     | ! no usable value for
                    $.missing                                  | ! no usable value for
                    {header: X-Order}                          | "0012345"
                    {header: x-order}                          | "0012345"
                    {header: X-Other}                          | ! no usable value for
                    {regex: '"long":([0-9]+)'}                 | "12345678901234567890123"
                    {regex: '"id":"(0*)'}                      | "00"
                    {regex: '(absent)'}                        | ! no usable value for
                    {regex: '(?s)"exp":(x)?'}                  | ! no usable value for
                    {xml: /a}                                  | ! not readable XML
                    """)
    @DisplayName("A value keeps its type and its exact text from the answer to the next request")
    void extract_fromJson(String source, String expected) throws Exception {
        lab.origin.on(
                "GET /value",
                ScriptedOrigin.json(JSON.strip())
                        .replace("Content-Type", "X-Order: 0012345\r\nContent-Type"));
        assertExtracted(run(source), expected);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    {xml: //state}                             | "held"
                    {xml: //state/@code}                       | "0012"
                    {xml: string(//state/@code)}               | "0012"
                    {xml: count(//item)}                       | 2
                    {xml: "//item = '2'"}                      | true
                    {xml: "//*[local-name()='answer']/item[2]"} | "2"
                    {xml: //item}                              | ! //item names 2 places
                    {xml: //missing}                           | ! no usable value for
                    {xml: 1 div 3}                             | ! whole numbers only
                    $.x                                        | ! the body is not JSON
                    """)
    @DisplayName("XML has texts, and what an expression counts or compares")
    void extract_fromXml(String source, String expected) throws Exception {
        lab.origin.on("GET /value", ScriptedOrigin.body("text/xml", XML.strip()));
        assertExtracted(run(source), expected);
    }

    @Test
    @DisplayName("Hostile XML is refused: no document type, no entities, no depth")
    void extract_hostileXml() throws Exception {
        String entity = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        String bomb = "<!DOCTYPE a [<!ENTITY l0 \"lol\"><!ENTITY l1 \"&l0;&l0;\">]><a>&l1;</a>";
        String deep = "<a>".repeat(100_000) + "</a>".repeat(100_000);
        for (String body : new String[] {entity, bomb, deep, "<a>", "", "<a/><b/>"}) {
            lab.origin.on("GET /value", ScriptedOrigin.body("text/xml", body));
            RunResult result = run("{xml: //a}");
            assertThat(StepLab.outcome(result)).isEqualTo("get schema");
            assertThat(String.join("", result.debugLog())).doesNotContain("root:");
        }
    }

    @Test
    @DisplayName("A body that is compressed although nobody asked is named as such")
    void extract_fromCompressed() throws Exception {
        lab.origin.on(
                "GET /value",
                ScriptedOrigin.body(
                        "application/json\r\nContent-Encoding: gzip", "\u001f\u008b\b"));
        assertExtracted(run("$.x"), "! it is compressed with gzip, which was not asked for");
    }

    @ParameterizedTest
    @CsvSource({"1e99999999999", "-1E+2147483649", "1e-99999999999999999999"})
    @DisplayName("A number beyond arithmetic is a bad answer, not a defect of the agent")
    void extract_impossibleNumber(String number) throws Exception {
        lab.origin.on("GET /value", ScriptedOrigin.json("{\"x\":%s}".formatted(number)));
        assertExtracted(run("$.x"), "! a number out of range");
        lab.origin.on("GET /value", ScriptedOrigin.json("9".repeat(5000)));
        assertThat(StepLab.outcome(run("$.x"))).isEqualTo("get schema");
    }

    @Test
    @DisplayName("A value that is declared secret, or looks like one, is used but never shown")
    void extract_secret() throws Exception {
        lab.origin.on(
                "GET /value",
                ScriptedOrigin.json(
                        "{\"x\":\"session-canary-77\",\"y\":\"pi_1_secret_canary77\"}"));
        RunResult result =
                lab.run(
                        """
                        steps:
                          - name: get
                            http: {method: GET, path: /value}
                            extract:
                              x: {json: $.x, secret: true}
                              y: $.y
                          - name: put
                            http:
                              method: POST
                              path: /echo
                              sideEffect: create
                              idempotent: true
                              auth: bearer ${x}
                              json: {x: "${x}", y: "${y}"}
                            assert:
                              - json: $.x
                                equals: ${x}
                        """);
        assertThat(StepLab.outcome(result)).isEqualTo("put assertion");
        assertThat(lab.origin.requests().getLast())
                .contains("Bearer session-canary-77", "pi_1_secret_canary77");
        assertThat(lab.everywhere(result)).doesNotContain("session-canary", "canary77");
        assertThat(lab.journal()).contains("\"step\":\"put\"");
    }
}
