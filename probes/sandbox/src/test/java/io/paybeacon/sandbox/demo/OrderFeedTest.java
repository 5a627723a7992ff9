package io.paybeacon.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.WebhookReceiver;
import io.paybeacon.sandbox.market.generate.GatewayProfile;
import io.paybeacon.sandbox.market.generate.LifeDraw;
import io.paybeacon.sandbox.market.generate.Mix;
import io.paybeacon.sandbox.market.generate.OrderLife;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OrderFeedTest {
    private static OrderLife order(long number) {
        List<GatewayProfile> gateways = GatewayProfile.four(1);
        return new LifeDraw(1, gateways, Mix.usual(), List.of(), true)
                .draw(number, 0, gateways.getFirst(), new SplittableRandom(number));
    }

    @Test
    void orders_areToldAsCloudEvents() throws IOException, InterruptedException {
        try (WebhookReceiver agent = WebhookReceiver.answering(() -> 202);
                OrderFeed feed =
                        new OrderFeed(URI.create(agent.url()), "t0", 7, InstantSource.system())) {
            assertThat(feed.allTold()).isFalse();
            feed.tell(order(1));
            feed.tell(order(2));
            feed.await();
            assertThat(feed.allTold()).isTrue();
            assertThat(agent.deliveries()).hasSize(2);
            assertThat(agent.deliveries().getFirst().header("Authorization"))
                    .isEqualTo("Bearer t0");
            JsonObject told = agent.deliveries().getFirst().event();
            assertThat(told.getString("type")).isEqualTo("io.paybeacon.order.placed.v1");
            assertThat(told.getString("source")).isEqualTo("platform");
            assertThat(told.getJsonObject("data").getJsonArray("lines")).isNotEmpty();
            assertThat(agent.deliveries().stream().map(d -> d.event().getString("id")).distinct())
                    .hasSize(2);
            assertThat(agent.deliveries().getFirst().header("Content-Type"))
                    .isEqualTo("application/cloudevents+json");
        }
    }

    @Test
    void agentThatTakesNoOrders_isAskedOnce() throws IOException, InterruptedException {
        try (WebhookReceiver agent = WebhookReceiver.answering(() -> 404);
                OrderFeed feed =
                        new OrderFeed(URI.create(agent.url()), "t0", 7, InstantSource.system())) {
            feed.tell(order(1));
            feed.await();
            feed.tell(order(2));
            feed.await();
            assertThat(feed.allTold()).isFalse();
            assertThat(agent.deliveries()).hasSize(1);
        }
    }

    @Test
    void agentThatIsAway_isNotTold() throws IOException, InterruptedException {
        String gone;
        try (WebhookReceiver agent = WebhookReceiver.answering(() -> 202)) {
            gone = agent.url();
        }
        try (OrderFeed feed = new OrderFeed(URI.create(gone), "t0", 7, InstantSource.system())) {
            feed.tell(order(1));
            feed.await();
            assertThat(feed.allTold()).isFalse();
        }
    }
}
