package io.paybeacon.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.OrderEvent.Placed;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.server.config.AccessToken;
import io.paybeacon.server.config.Role;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the platform tells, over real HTTP. */
class EventRoutesTest {
    private static final String ORDER =
            """
            {"specversion":"1.0","id":"%s","source":"%s","time":"2026-11-22T11:59:00Z",\
            "type":"io.paybeacon.order.placed.v1",\
            "data":{"order":"o-1","customer":"c-1","total":{"minorUnits":1099,"currency":"USD"}}}
            """
                    .strip();

    @TempDir Path directory;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(directory);
        door.tokens =
                List.of(
                        token("shop", Role.TELL),
                        token("reader", Role.READ),
                        token("actor", Role.ACT));
    }

    @AfterEach
    void close() {
        door.close();
    }

    private static AccessToken token(String name, Role role) {
        return new AccessToken(name, role, List.of(Secret.of("the-long-token-of-" + name)));
    }

    private HttpResponse<String> tell(String who, String type, String body) throws Exception {
        return door.send(
                "POST",
                "/in/events",
                body,
                "Content-Type",
                type,
                "Authorization",
                "Bearer the-long-token-of-" + who);
    }

    /** Everything that reached the engine, in order. */
    private List<Event> told() {
        return door.engine.accepted.stream().flatMap(List::stream).toList();
    }

    @ParameterizedTest
    @CsvSource({"shop, 200", "actor, 200", "reader, 403", "nobody, 401"})
    @DisplayName("Who may tell: the platform's token and one that may act")
    void roles(String who, int status) throws Exception {
        assertThat(
                        tell(who, "application/cloudevents+json", ORDER.formatted("1", "platform"))
                                .statusCode())
                .isEqualTo(status);
    }

    @Test
    void a_token_that_may_tell_may_not_ask() throws Exception {
        assertThat(
                        door.get(
                                        "/api/v1/findings",
                                        "Authorization",
                                        "Bearer the-long-token-of-shop")
                                .statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("One event, a batch, and lines are taken; what was taken is what was told")
    void forms() throws Exception {
        String one = ORDER.formatted("1", "platform");
        String two = ORDER.formatted("2", "stripe_eu");
        JsonObject single =
                new JsonObject(tell("shop", "application/cloudevents+json", one).body());
        JsonObject batch =
                new JsonObject(
                        tell(
                                        "shop",
                                        "application/cloudevents-batch+json; charset=utf-8",
                                        "[" + one + "," + two + "]")
                                .body());
        JsonObject lines =
                new JsonObject(
                        tell("shop", "application/x-ndjson", one + "\n\n" + two + "\n").body());
        assertThat(single.getInteger("accepted")).isEqualTo(1);
        assertThat(batch.getInteger("accepted")).isEqualTo(2);
        assertThat(lines.getInteger("accepted")).isEqualTo(2);
        assertThat(lines.getInteger("rejected")).isZero();
        List<Event> told = told();
        assertThat(told).hasSize(5).allMatch(Placed.class::isInstance);
        assertThat(told.getFirst().origin().gateway()).isEqualTo("platform");
    }

    @Test
    @DisplayName("Of a batch, the right events are durable and each wrong one is explained")
    void partly() throws Exception {
        HttpResponse<String> answer =
                tell(
                        "shop",
                        "application/x-ndjson",
                        ORDER.formatted("1", "platform")
                                + "\n"
                                + ORDER.formatted("2", "nobody")
                                + "\nno json\n"
                                + ORDER.formatted("3", "platform").replace("1099", "\"x\""));
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject taken = new JsonObject(answer.body());
        assertThat(taken.getInteger("accepted")).isEqualTo(1);
        assertThat(taken.getInteger("rejected")).isEqualTo(3);
        assertThat(taken.getJsonArray("explained"))
                .allSatisfy(each -> {
                    JsonObject rejected = (JsonObject) each;
                    assertThat(rejected.getString("reason")).isNotBlank();
                    assertThat(rejected.getString("remedy")).isNotBlank();
                });
        assertThat(taken.getJsonArray("explained").getJsonObject(0).getInteger("index"))
                .isEqualTo(1);
        assertThat(told()).hasSize(1);
    }

    @Test
    void a_body_of_which_nothing_can_be_taken_is_a_problem() throws Exception {
        HttpResponse<String> answer = tell("shop", "application/cloudevents+json", "{}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(new JsonObject(answer.body()).getInteger("rejected")).isEqualTo(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void another_content_type_is_refused() throws Exception {
        assertThat(tell("shop", "application/json", "{}").statusCode()).isEqualTo(415);
    }

    @Test
    void an_engine_that_has_not_started_asks_to_come_again() throws Exception {
        door.started = Optional.empty();
        HttpResponse<String> answer =
                tell("shop", "application/cloudevents+json", ORDER.formatted("1", "platform"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
