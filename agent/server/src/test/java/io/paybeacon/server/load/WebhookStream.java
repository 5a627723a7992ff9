package io.paybeacon.server.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts webhooks of a card processor, one after the other, each about another payment. */
final class WebhookStream implements AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI door;
    private final String secret;
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> done;
    private volatile boolean stopped;

    WebhookStream(int port, String gateway, String secret) {
        this.door = URI.create("http://127.0.0.1:%d/in/%s".formatted(port, gateway));
        this.secret = secret;
        this.done =
                CompletableFuture.runAsync(
                        this::postOnAndOn,
                        task -> Thread.ofPlatform().name("test-webhooks").start(task));
    }

    private void postOnAndOn() {
        for (int i = 0; !stopped; i++) {
            try {
                HttpResponse<String> answer = post(i);
                if (answer.statusCode() == 200) {
                    accepted.incrementAndGet();
                } else {
                    lost.add("%d: %s".formatted(answer.statusCode(), answer.body()));
                }
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                lost.add(e.toString());
            }
        }
    }

    private HttpResponse<String> post(int number) throws Exception {
        long second = Instant.now().getEpochSecond();
        String body =
                """
                {"id": "evt_%d", "type": "authorization.approved", "created": %d,
                 "data": {"id": "auth_%d", "object": "authorization", "status": "approved",
                  "responseCode": "00", "amount": {"value": 1099, "currency": "EUR"},
                  "reference": "order-%d",
                  "card": {"network": "visa", "country": "DE", "lastFour": "1111"},
                  "metadata": {}}}
                """
                        .formatted(number, second, number, number);
        return client.send(
                HttpRequest.newBuilder(door)
                        .timeout(ANSWER_MAX)
                        .header("Content-Type", "application/json")
                        .header("X-Signature", signature(second, body))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private String signature(long second, String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] digest = mac.doFinal((second + "." + body).getBytes(StandardCharsets.UTF_8));
        return "t=%d,v1=%s".formatted(second, HexFormat.of().formatHex(digest));
    }

    /** Webhooks that the agent took. */
    int accepted() {
        return accepted.get();
    }

    /** Webhooks that it did not take. */
    List<String> lost() {
        return lost;
    }

    /** Posts no more; what was posted is answered. */
    void rest() {
        stopped = true;
        done.join();
    }

    @Override
    public void close() {
        rest();
        client.close();
    }
}
