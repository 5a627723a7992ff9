package io.paybeacon.server.http;

import static io.paybeacon.server.http.AccessTest.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Severity;
import io.paybeacon.server.config.Role;
import io.paybeacon.server.findings.FindingState;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API's document and the API agree. */
class OpenApiTest {
    private static final Path COMMITTED = Path.of("../../docs/openapi.yaml");
    private static final Path SERVED =
            Path.of("src/main/resources/io/paybeacon/server/http/openapi.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = read();

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(SERVED.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every operation of the document, by {@code METHOD path}. */
    private static Map<String, JsonNode> documented() {
        Map<String, JsonNode> operations = new TreeMap<>();
        DOCUMENT.get("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(operation ->
                                        operations.put(
                                                operation.getKey().toUpperCase(Locale.ROOT)
                                                        + " "
                                                        + path.getKey(),
                                                operation.getValue())));
        return operations;
    }

    private static String name(Operation operation) {
        return operation.method().name() + " " + operation.path();
    }

    @Test
    @DisplayName("The document among the docs is the one that is served")
    void committed() throws IOException {
        assertThat(Files.readString(COMMITTED))
                .as("copy %s to %s", SERVED, COMMITTED)
                .isEqualTo(Files.readString(SERVED));
    }

    @Test
    @DisplayName("Every operation is in the document, and nothing else is")
    void operations() {
        assertThat(documented().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Operation.values()).map(OpenApiTest::name).toList());
    }

    @Test
    @DisplayName("Every operation is documented with its parameters and its role")
    void parametersAndRoles() {
        Map<String, JsonNode> documented = documented();
        for (Operation operation : Operation.values()) {
            JsonNode told = documented.get(name(operation));
            assertThat(parameters(told, "query"))
                    .as("query of %s", operation)
                    .containsExactlyInAnyOrderElementsOf(operation.parameters());
            Set<String> inPath = new TreeSet<>();
            Pattern.compile("\\{([a-z]+)}")
                    .matcher(operation.path())
                    .results()
                    .forEach(found -> inPath.add(found.group(1)));
            assertThat(parameters(told, "path"))
                    .as("path of %s", operation)
                    .containsExactlyInAnyOrderElementsOf(inPath);
            List<String> roles =
                    StreamSupport.stream(told.get("security").spliterator(), false)
                            .map(scheme -> scheme.get("token").get(0).asText())
                            .toList();
            assertThat(roles)
                    .as("role of %s", operation)
                    .isEqualTo(operation.role().map(Role::label).stream().toList());
        }
    }

    private static List<String> parameters(JsonNode operation, String where) {
        List<String> names = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.get("in").asText().equals(where)) {
                names.add(parameter.get("name").asText());
            }
        }
        return names;
    }

    @Test
    @DisplayName("The words of the document are those of the code")
    void words() {
        assertThat(words("PaymentStatus"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(PaymentStatus.values()).map(PaymentStatus::label).toList());
        assertThat(words("FindingKind"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(FindingKind.values()).map(FindingKind::label).toList());
        assertThat(words("FindingState"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(FindingState.values()).map(FindingState::label).toList());
        assertThat(words("Severity"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Severity.values()).map(Severity::label).toList());
    }

    private static List<String> words(String schema) {
        List<String> words = new ArrayList<>();
        DOCUMENT.at("/components/schemas/" + schema + "/enum")
                .forEach(word -> words.add(word.asText()));
        return words;
    }

    @Test
    @DisplayName("Every path is served, and nothing answers that is not in the list")
    void mounted(@TempDir Path directory) throws Exception {
        try (Door door = new Door(directory)) {
            for (Operation operation : Operation.values()) {
                String path = operation.path().replaceAll("\\{[a-z]+}", "x");
                String wrong = "PATCH";
                HttpResponse<String> answer = door.send(wrong, path, "");
                assertThat(answer.statusCode()).as(path).isEqualTo(405);
                assertThat(answer.headers().firstValue("Allow"))
                        .contains(Operation.allowed(operation.path()));
            }
        }
    }

    @Test
    @DisplayName("Real answers, right and wrong ones, are as the document says")
    void answers(@TempDir Path directory) throws Exception {
        try (Door door = new Door(directory)) {
            ApiTest.fill(door);
            door.records = Optional.of((after, max) -> new LinkedHashMap<>());
            Set<Operation> answered = new TreeSet<>();
            for (String line : QUESTIONS.strip().split("\n", -1)) {
                String[] words = line.strip().split(" +", 4);
                Operation operation = Operation.valueOf(words[0]);
                if (check(door, operation, words[1], words[2], words.length > 3 ? words[3] : "")
                        < 300) {
                    answered.add(operation);
                }
            }
            // They need a target, a probe that ran, a signature, and files to read: they have tests
            // elsewhere.
            Set<Operation> missing = new TreeSet<>(Set.of(Operation.values()));
            missing.removeAll(answered);
            assertThat(missing)
                    .containsExactlyInAnyOrder(
                            Operation.RECEIVE_EVENTS,
                            Operation.RECEIVE_WEBHOOK,
                            Operation.PROBE_TARGET,
                            Operation.GET_PROBE_RUN,
                            Operation.RELOAD);
        }
    }

    /** Operation, token, path, body. */
    private static final String QUESTIONS =
            """
            HEALTHY none /-/healthy
            READY none /-/ready
            METRICS read /metrics
            INDEX read /
            PROBE_TARGET read /probe?target=127.0.0.1:1&module=nothing
            PROBE_TARGET read /probe
            RELOAD act /-/reload
            RELOAD read /-/reload
            RECEIVE_WEBHOOK none /in/stripe_eu {}
            RECEIVE_WEBHOOK none /in/nobody {}
            RECEIVE_EVENTS act /in/events {}
            RECEIVE_EVENTS read /in/events {}
            RECEIVE_EVENTS none /in/events {}
            LIST_PAYMENTS read /api/v1/payments?reference=o-1
            LIST_PAYMENTS read /api/v1/payments?reference=o-2
            LIST_PAYMENTS read /api/v1/payments
            LIST_PAYMENTS none /api/v1/payments?reference=o-1
            GET_PAYMENT read /api/v1/payments/stripe_eu:pi_1?locale=de
            GET_PAYMENT read /api/v1/payments/stripe_eu:pi_1?locale=%25
            GET_PAYMENT read /api/v1/payments/nobody
            GET_PAYMENT read /api/v1/payments/nobody?page=1
            LIST_FINDINGS read /api/v1/findings
            LIST_FINDINGS read /api/v1/findings?limit=1&state=open&severity=critical
            LIST_FINDINGS read /api/v1/findings?from=2026-01-01T00:00:00Z&before=2027-01-01T00:00Z
            LIST_FINDINGS read /api/v1/findings?agent=*&subject=x&kind=stuck_payment
            LIST_FINDINGS read /api/v1/findings?limit=0
            LIST_FINDINGS read /api/v1/findings?after=nowhere
            LIST_FINDINGS read /api/v1/findings?from=yesterday
            GET_FINDING read /api/v1/findings/f1
            GET_FINDING read /api/v1/findings/nobody
            GET_FINDING read /api/v1/findings/stuck_payment%7Ca?agent=agent
            ACT_ON_FINDING act /api/v1/findings/f1/acts {"act":"acknowledge"}
            ACT_ON_FINDING act /api/v1/findings/f1/acts {"act":"comment","text":"so"}
            ACT_ON_FINDING act /api/v1/findings/f1/acts {"act":"snooze","until":"2026-11-23T12:00Z"}
            ACT_ON_FINDING act /api/v1/findings/f1/acts {"act":"close"}
            ACT_ON_FINDING read /api/v1/findings/f1/acts {"act":"acknowledge"}
            ACT_ON_FINDING act /api/v1/findings/nobody/acts {"act":"acknowledge"}
            ERASE_CUSTOMER act /api/v1/customers/c-1
            ERASE_CUSTOMER read /api/v1/customers/c-1
            LIST_GATEWAYS read /api/v1/gateways
            LIST_PROBES read /api/v1/probes
            GET_PROBE read /api/v1/probes/card
            GET_PROBE read /api/v1/probes/nobody
            GET_PROBE_RUN read /api/v1/probes/card/runs/last
            GET_GUIDANCE read /api/v1/guidance/expired_card
            GET_GUIDANCE read /api/v1/guidance/expired_card?locale=de-AT
            GET_GUIDANCE read /api/v1/guidance/bad_luck
            GET_GUIDANCE read /api/v1/guidance/expired_card?locale=!
            REBUILD_FINDINGS act /-/findings/rebuild
            REBUILD_FINDINGS read /-/findings/rebuild
            OPENAPI_JSON read /api/v1/openapi.json
            OPENAPI_YAML read /api/v1/openapi.yaml
            """;

    /** Asks, and holds the answer against the document; its status. */
    private static int check(Door door, Operation operation, String role, String path, String body)
            throws Exception {
        door.tokens =
                List.of(
                        token("reader", Role.READ, "the-token-of-a-reader"),
                        token("actor", Role.ACT, "the-token-of-an-actor"));
        List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json"));
        if (!role.equals("none")) {
            headers.add("Authorization");
            headers.add("Bearer the-token-of-a" + (role.equals("act") ? "n-actor" : "-reader"));
        }
        HttpResponse<String> answer =
                door.send(operation.method().name(), path, body, headers.toArray(String[]::new));
        String what = operation + " " + path + " -> " + answer.statusCode();
        JsonNode response =
                documented()
                        .get(name(operation))
                        .path("responses")
                        .path(Integer.toString(answer.statusCode()));
        assertThat(response.isMissingNode()).as("%s is not documented", what).isFalse();
        if (response.has("$ref")) {
            response = DOCUMENT.at(response.get("$ref").asText().substring(1));
        }
        String type =
                answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            assertThat(answer.body()).as(what).isEmpty();
            return answer.statusCode();
        }
        assertThat(content.has(type)).as("%s: %s is not documented", what, type).isTrue();
        if (type.endsWith("json")) {
            validate(content.get(type).get("schema"), answer.body(), what);
        }
        return answer.statusCode();
    }

    private static void validate(JsonNode schema, String body, String what) throws IOException {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", DOCUMENT.get("components"));
        assertThat(
                        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                                .getSchema(JSON.writeValueAsString(whole), InputFormat.JSON)
                                .validate(body, InputFormat.JSON))
                .as("%s: %s", what, body)
                .isEmpty();
    }

    @Test
    @DisplayName("Every cause of a refusal has guidance that the document describes")
    void guidance(@TempDir Path directory) throws Exception {
        try (Door door = new Door(directory)) {
            for (DeclineCause cause : DeclineCause.values()) {
                assertThat(
                                check(
                                        door,
                                        Operation.GET_GUIDANCE,
                                        "read",
                                        "/api/v1/guidance/" + cause.label(),
                                        ""))
                        .isEqualTo(200);
            }
        }
    }
}
