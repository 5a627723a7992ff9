package io.paybeacon.server.http;

import static io.paybeacon.server.http.AccessTest.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.customer.Customer;
import io.paybeacon.core.event.CustomerEvent.ErasureRequested;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.FindingEvent.Acted;
import io.paybeacon.core.event.FindingEvent.Ended;
import io.paybeacon.core.event.OrderEvent.OrderCustomerErased;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.CustomerErased;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.server.config.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People act over the API. */
class ActTest {
    private static final String SUPPORT = "the-token-of-support";

    @TempDir private Path directory;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(directory);
        door.tokens = List.of(token("support", Role.ACT, SUPPORT));
        door.record("f1", Door.NOW.minusSeconds(60));
        door.engine.accepted.clear();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    @DisplayName("An act enters by the door in the name of the token; the answer tells the finding")
    void act() throws Exception {
        JsonObject finding =
                new JsonObject(act("f1", "{\"act\":\"assign\",\"assignee\":\"ann\"}").body());

        assertThat(finding.getString("state")).isEqualTo("assigned");
        assertThat(finding.getString("assignee")).isEqualTo("ann");
        JsonObject entry = finding.getJsonArray("acts").getJsonObject(0);
        assertThat(entry.getString("actor")).isEqualTo("support");
        assertThat(entry.getString("from") + " " + entry.getString("to"))
                .isEqualTo("open assigned");
        assertThat(door.engine.accepted).hasSize(1);
        assertThat(door.engine.accepted.getFirst().getFirst())
                .isInstanceOfSatisfying(
                        Acted.class, acted -> assertThat(acted.actor()).isEqualTo("support"));
        JsonObject shown = new JsonObject(get("/api/v1/findings/f1").body());
        assertThat(shown).isEqualTo(finding);
    }

    @Test
    @DisplayName("Acts keep their order though the clock stands still")
    void order() throws Exception {
        for (String act : List.of("acknowledge", "resolve", "reopen", "acknowledge")) {
            assertThat(act("f1", "{\"act\":\"" + act + "\"}").statusCode()).isEqualTo(200);
        }

        assertThat(acts()).containsExactly("acknowledge", "resolve", "reopen", "acknowledge");
    }

    @Test
    @DisplayName("What is asked for again with the same key is done once, also at the same time")
    void idempotency() throws Exception {
        String body = "{\"act\":\"comment\",\"text\":\"called the bank\"}";
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 16; i++) {
                answers.add(threads.submit(() -> act("f1", body, "Idempotency-Key", "k-1")));
            }
        }
        for (Future<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
        }
        assertThat(acts()).containsExactly("comment");

        HttpResponse<String> other =
                act("f1", "{\"act\":\"acknowledge\"}", "Idempotency-Key", "k-1");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(act("f1", body, "Idempotency-Key", "k-2").statusCode()).isEqualTo(200);
        assertThat(acts()).containsExactly("comment", "comment");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                               | act is a text
                    []                                               | not a JSON object
                    {"act":"acknowledge"                             | not a JSON object
                    {"act":"close"}                                  | act is one of
                    {"act":7}                                        | act is a text
                    {"act":"assign"}                                 | assignee is a text
                    {"act":"assign","assignee":" "}                  | assignee is empty
                    {"act":"assign","assignee":"a\\u0000b"}          | control characters
                    {"act":"assign","assignee":"a","text":"b"}       | member assignee and no other
                    {"act":"acknowledge","text":"b"}                 | no other members
                    {"act":"comment"}                                | text is a text
                    {"act":"snooze","until":"tomorrow"}              | a time with its offset
                    {"act":"snooze","until":"2026-11-22T12:00:00Z"}  | until lies ahead
                    {"act":"snooze","until":"2027-11-22T12:00:00Z"}  | at most 90 days
                    """)
    @DisplayName("A body that asks for no act is explained, and nothing is accepted")
    void mistakes(String body, String message) throws Exception {
        HttpResponse<String> answer = act("f1", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(message);
        assertThat(door.engine.accepted).isEmpty();
    }

    @Test
    @DisplayName("What cannot be done as things stand is refused")
    void conflicts() throws Exception {
        assertThat(act("nobody", "{\"act\":\"acknowledge\"}").statusCode()).isEqualTo(404);
        assertThat(act("f1", "x".repeat(20_000)).statusCode()).isEqualTo(413);
        assertThat(
                        door.send(
                                        "POST",
                                        "/api/v1/findings/f1/acts",
                                        "act=acknowledge",
                                        "Authorization",
                                        "Bearer " + SUPPORT,
                                        "Content-Type",
                                        "application/x-www-form-urlencoded")
                                .statusCode())
                .isEqualTo(415);
        assertThat(
                        act("f1", "{\"act\":\"acknowledge\"}", "Idempotency-Key", "two words")
                                .statusCode())
                .isEqualTo(400);
        var _ =
                door.engine.accept(
                        List.of(new Ended(new Origin("g", "e", Door.NOW), "f1", "resolved")));
        assertThat(act("f1", "{\"act\":\"acknowledge\"}").statusCode()).isEqualTo(409);
        assertThat(act("f1", "{\"act\":\"comment\",\"text\":\"late\"}").statusCode())
                .isEqualTo(200);
        JsonObject ended = new JsonObject(act("f1", "{\"act\":\"false_positive\"}").body());
        assertThat(ended.getString("state")).isEqualTo("false_positive");
    }

    @Test
    @DisplayName("A card number in a remark is masked before anything keeps it")
    void cardNumber() throws Exception {
        String answer =
                act("f1", "{\"act\":\"comment\",\"text\":\"card 4111 1111 1111 1111 of Ann\"}")
                        .body();

        assertThat(answer).doesNotContain("4111").contains("of Ann");
        assertThat(door.engine.accepted.toString()).doesNotContain("4111");
    }

    @Test
    @DisplayName("A customer is forgotten by an event that enters by the door")
    void erasure() throws Exception {
        HttpResponse<String> answer = send("DELETE", "/api/v1/customers/c%2F1", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).doesNotContain("c/1");
        assertThat(door.engine.accepted.getFirst().getFirst())
                .isInstanceOfSatisfying(
                        ErasureRequested.class,
                        asked -> assertThat(asked.customer()).isEqualTo("c/1"));
        assertThat(send("DELETE", "/api/v1/customers/" + "c".repeat(300), "").statusCode())
                .isEqualTo(400);
        assertThat(send("GET", "/api/v1/customers/c1", "").statusCode()).isEqualTo(405);
    }

    @Test
    @DisplayName("With the customer go the traces in every payment and order that is known")
    void erasure_of_what_is_known() throws Exception {
        PaymentId payment = new PaymentId("stripe_eu", "pi_1");
        door.engine.states.put(
                "customer c-1", new Customer(List.of(payment), List.of("o-1", "o-2")));

        assertThat(send("DELETE", "/api/v1/customers/c-1", "").statusCode()).isEqualTo(202);

        List<Event> told = door.engine.accepted.getFirst();
        assertThat(told).hasSize(4);
        assertThat(told.getFirst())
                .isInstanceOfSatisfying(
                        CustomerErased.class,
                        erased -> assertThat(erased.payment()).isEqualTo(payment));
        assertThat(told.subList(1, 3)).allMatch(OrderCustomerErased.class::isInstance);
        assertThat(told.getLast()).isInstanceOf(ErasureRequested.class);
    }

    private List<String> acts() throws Exception {
        JsonArray acts = new JsonObject(get("/api/v1/findings/f1").body()).getJsonArray("acts");
        return acts.stream().map(act -> ((JsonObject) act).getString("act")).toList();
    }

    private HttpResponse<String> act(String id, String body, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json"));
        return send("POST", "/api/v1/findings/" + id + "/acts", body, all.toArray(String[]::new));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", "Bearer " + SUPPORT));
        return door.send(method, path, body, all.toArray(String[]::new));
    }
}
