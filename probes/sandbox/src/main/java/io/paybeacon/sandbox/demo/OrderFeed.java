package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.market.generate.Basket;
import io.paybeacon.sandbox.market.generate.Happening;
import io.paybeacon.sandbox.market.generate.Occurrence;
import io.paybeacon.sandbox.market.generate.OrderLife;
import io.paybeacon.sandbox.market.stream.EventLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells the agent what was ordered, as the platform would: each order as a CloudEvent, when it is
 * placed. Never waits; thread-safe.
 */
final class OrderFeed implements AutoCloseable {
    private static final int NO_ANSWER = 0;
    private static final int UNDER_WAY_MAX = 64;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(6);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Semaphore free = new Semaphore(UNDER_WAY_MAX);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final URI events;
    private final String token;
    private final long seed;
    private final InstantSource clock;
    private volatile boolean unwanted;

    /**
     * @param agent its address
     * @param token that lets in to tell
     * @param seed in the ids of the events
     */
    OrderFeed(URI agent, String token, long seed, InstantSource clock) {
        this.events = agent.resolve("/in/events");
        this.token = token;
        this.seed = seed;
        this.clock = clock;
    }

    /** Tells of one order; an agent that takes no orders is not asked again. */
    void tell(OrderLife order) {
        if (unwanted) {
            return;
        }
        long number = sent.getAndIncrement();
        if (!free.tryAcquire()) {
            return;
        }
        HttpRequest request =
                HttpRequest.newBuilder(events)
                        .timeout(ANSWER_MAX)
                        .header("Content-Type", "application/cloudevents+json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(event(order, number)))
                        .build();
        // Whatever becomes of it, the counts tell.
        Future<?> _ =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                        .handle((answer, failure) -> {
                            answered(failure == null ? answer.statusCode() : NO_ANSWER);
                            free.release();
                            return true;
                        });
    }

    private void answered(int status) {
        if (status / 100 == 2) {
            taken.incrementAndGet();
        } else if (status / 100 == 4) {
            unwanted = true;
        }
    }

    private byte[] event(OrderLife order, long number) {
        Basket basket = order.basket();
        long now = clock.millis();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventLines lines = new EventLines(bytes, seed, EventLines.PLATFORM)) {
            lines.write(
                    new Occurrence(
                            number,
                            now,
                            now,
                            true,
                            new Happening.OrderPlaced(
                                    basket.order(),
                                    basket.customer(),
                                    basket.totalMinor(),
                                    basket.currency(),
                                    basket.lines())));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Whether the agent took every order that there was. */
    boolean allTold() {
        return !unwanted && taken.get() > 0 && taken.get() == sent.get();
    }

    /** Waits for the answers under way, for a while. */
    void await() throws InterruptedException {
        if (free.tryAcquire(UNDER_WAY_MAX, CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            free.release(UNDER_WAY_MAX);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
