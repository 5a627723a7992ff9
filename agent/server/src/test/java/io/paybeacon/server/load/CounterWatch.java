package io.paybeacon.server.load;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scrapes the agent again and again and remembers every counter that it ever saw, those of probes
 * that were removed included: none may ever be less than it was.
 */
final class CounterWatch implements AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI metrics;
    private final Map<String, BigDecimal> highest = new HashMap<>();
    private final List<String> resets = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger scrapes = new AtomicInteger();
    private final CompletableFuture<Void> done;
    private volatile boolean stopped;

    CounterWatch(int port) {
        this.metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
        this.done =
                CompletableFuture.runAsync(
                        this::scrapeOnAndOn,
                        task -> Thread.ofPlatform().name("test-scraper").start(task));
    }

    private void scrapeOnAndOn() {
        while (!stopped) {
            try {
                look();
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                failures.add(e.toString());
            }
        }
    }

    /** One more scrape, taken in like the others. */
    synchronized String look() throws Exception {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(metrics).timeout(ANSWER_MAX).build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            failures.add("a scrape was answered " + answer.statusCode());
            return "";
        }
        take(answer.body());
        scrapes.incrementAndGet();
        return answer.body();
    }

    private void take(String text) {
        Set<String> counters = new HashSet<>();
        text.lines()
                .forEach(line -> {
                    String[] words = line.split(" ", -1);
                    if (line.startsWith("# TYPE ")) {
                        if (words[3].equals("counter")) {
                            counters.add(words[2]);
                        } else if (words[3].equals("histogram")) {
                            counters.addAll(
                                    List.of(
                                            words[2] + "_bucket",
                                            words[2] + "_count",
                                            words[2] + "_sum"));
                        }
                    } else if (!line.startsWith("#")
                            && counters.contains(line.split("[{ ]", 2)[0])) {
                        int at = line.lastIndexOf(' ');
                        compare(line.substring(0, at), new BigDecimal(line.substring(at + 1)));
                    }
                });
    }

    private void compare(String series, BigDecimal value) {
        BigDecimal before = highest.put(series, value);
        if (before != null && value.compareTo(before) < 0) {
            resets.add("%s fell from %s to %s".formatted(series, before, value));
        }
    }

    /** Counters that fell. */
    List<String> resets() {
        return resets;
    }

    /** Scrapes that were not answered as they should be. */
    List<String> failures() {
        return failures;
    }

    int scrapes() {
        return scrapes.get();
    }

    /** How many series of counters were ever seen. */
    synchronized int counters() {
        return highest.size();
    }

    /** Stops scraping on its own; {@link #look} goes on to work. */
    void rest() {
        stopped = true;
        done.join();
    }

    @Override
    public void close() {
        rest();
        client.close();
    }

    /** The sum of a metric's samples whose labels contain all of these, such as {@code a="b"}. */
    static long sum(String exposition, String metric, String... labels) {
        return exposition
                .lines()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .map(line -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .longValueExact();
    }
}
