package io.paybeacon.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.server.config.WebhookLimits;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a gateway account may send. */
class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    @DisplayName("After a pause a burst, then the pace; what is refused is told how long to wait")
    void pace() {
        WebhookLimits limits = new WebhookLimits(2, 3);
        TokenBucket bucket = new TokenBucket(limits, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(limits, 0)).isZero();
        }
        assertThat(bucket.take(limits, 0)).isEqualTo(SECOND / 2);
        assertThat(bucket.take(limits, SECOND / 4)).isEqualTo(SECOND / 4);
        assertThat(bucket.take(limits, SECOND / 2)).isZero();
        assertThat(bucket.take(limits, SECOND / 2)).isPositive();
        assertThat(bucket.take(limits, 1_000_000 * SECOND)).isZero();
        assertThat(bucket.take(limits, 1_000_000 * SECOND)).isZero();
        assertThat(bucket.take(limits, 1_000_000 * SECOND)).isZero();
        assertThat(bucket.take(limits, 1_000_000 * SECOND)).isPositive();
    }

    @Test
    @DisplayName("In the long run never more than the pace and one burst, whenever it is asked")
    void longRun() {
        long seed = 20261123;
        Random random = new Random(seed);
        WebhookLimits limits = new WebhookLimits(997, 50);
        TokenBucket bucket = new TokenBucket(limits, Long.MAX_VALUE - SECOND);
        long now = Long.MAX_VALUE - SECOND;
        long passed = 0;
        long taken = 0;
        for (int i = 0; i < 200_000; i++) {
            long step = random.nextLong(400_000);
            now += step;
            passed += step;
            taken += bucket.take(limits, now) == 0 ? 1 : 0;
        }
        long allowed = passed / 1_000 * 997 / 1_000_000 + 50;
        assertThat(taken).as("seed %d", seed).isBetween(allowed - 1, allowed + 1);
    }

    @Test
    @DisplayName("Over the limit: 429 and when to come again; other accounts are not held up")
    void overTheLimit(@TempDir Path directory) throws Exception {
        try (Door door = new Door(directory)) {
            door.webhookLimits = new WebhookLimits(1, 2);
            String body = Door.succeeded("pi_1", "");
            assertThat(door.webhook("stripe_eu", body).statusCode()).isEqualTo(200);
            HttpResponse<String> last = door.webhook("stripe_eu", body);
            for (int i = 0; i < 20 && last.statusCode() == 200; i++) {
                last = door.webhook("stripe_eu", body);
            }

            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(last.headers().firstValue("Retry-After")).contains("1");
            assertThat(last.headers().firstValue("Content-Type"))
                    .contains("application/problem+json");
            assertThat(door.webhook("stripe_us", body).statusCode()).isEqualTo(200);
            assertThat(door.send("POST", "/in/nobody", body).statusCode()).isEqualTo(404);
            assertThat(
                            door.metric(
                                    "paybeacon_ingest_requests_total{gateway=\"stripe_eu\","
                                            + "result=\"rate_limited\"}"))
                    .isNotIn("absent", "0.0");
        }
    }
}
