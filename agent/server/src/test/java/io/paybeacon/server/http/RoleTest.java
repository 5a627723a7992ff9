package io.paybeacon.server.http;

import static io.paybeacon.server.http.AccessTest.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.server.config.Role;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each token is good for. */
class RoleTest {
    private static final String READ = "the-token-of-a-dashboard";
    private static final String ACT = "the-token-of-support";
    private static final String NEXT = "the-next-token-of-support";

    @TempDir private Path directory;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(directory);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private void configure() {
        door.tokens =
                List.of(token("grafana", Role.READ, READ), token("support", Role.ACT, ACT, NEXT));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "POST,   /api/v1/findings/f1/acts",
        "DELETE, /api/v1/customers/c-1",
        "POST,   /-/reload",
        "POST,   /-/findings/rebuild",
    })
    @DisplayName("Who may only read is told that this needs another role")
    void acting(String method, String path) throws Exception {
        configure();

        HttpResponse<String> read = send(method, path, READ);
        HttpResponse<String> act = send(method, path, ACT);

        assertThat(read.statusCode()).isEqualTo(403);
        assertThat(read.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new JsonObject(read.body()).getString("detail")).contains("the role act");
        assertThat(act.statusCode()).isNotIn(401, 403);
        assertThat(send("GET", "/metrics", READ).body())
                .contains("paybeacon_http_refusals_total{reason=\"no_role\"} 1.0");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "POST,   /api/v1/findings/f1/acts, 403",
        "DELETE, /api/v1/customers/c-1,    403",
        "POST,   /-/findings/rebuild,      403",
        "POST,   /-/reload,                503",
        "GET,    /api/v1/findings,         200",
    })
    @DisplayName("Without tokens this machine may ask and reload, and nobody may act")
    void withoutTokens(String method, String path, int status) throws Exception {
        assertThat(door.send(method, path, "").statusCode()).isEqualTo(status);
        assertThat(door.engine.accepted).isEmpty();
    }

    @Test
    @DisplayName("Both tokens of a name hold while one replaces the other")
    void rotation() throws Exception {
        configure();
        for (String secret : List.of(ACT, NEXT, READ)) {
            assertThat(send("GET", "/api/v1/findings", secret).statusCode()).isEqualTo(200);
        }

        door.tokens = List.of(token("support", Role.ACT, NEXT));

        assertThat(send("GET", "/api/v1/findings", NEXT).statusCode()).isEqualTo(200);
        assertThat(send("GET", "/api/v1/findings", ACT).statusCode()).isEqualTo(401);
        assertThat(send("GET", "/api/v1/findings", READ).statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> send(String method, String path, String token) throws Exception {
        return door.send(method, path, "", "Authorization", "Bearer " + token);
    }
}
