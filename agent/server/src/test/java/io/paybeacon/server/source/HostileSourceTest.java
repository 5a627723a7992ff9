package io.paybeacon.server.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.core.event.SourceEvent;
import io.paybeacon.core.event.SourceEvent.Sampled;
import io.paybeacon.core.event.SourceEvent.SourceFailed;
import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.paybeacon.server.config.Connection;
import io.paybeacon.server.config.SeriesSelector;
import io.paybeacon.server.config.SourceConfig;
import io.paybeacon.server.config.SourceConfig.Question;
import io.paybeacon.server.config.SourceConfig.Reading;
import io.paybeacon.server.config.SourceConfig.Signal;
import io.paybeacon.server.config.SourceConfig.Unit;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What strange, broken and hostile peers answer: an end in bounded time, a reason, no more. */
class HostileSourceTest {
    private static final Question SCRAPE =
            new Question.Scrape(
                    Map.of(
                            Signal.LATENCY,
                            new Reading.Value(
                                    new SeriesSelector("api_seconds", Map.of()), Unit.SECONDS)));
    private static final Question STATUS = new Question.StatusPage(List.of());
    private static final String CUT_SHORT = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\na 1";
    private static final String OK = "200 OK";
    private static final Question QUERY = new Question.PromQl(Map.of(Signal.LATENCY, "up"));

    private final Vertx vertx = Vertx.vertx();
    private final List<SourceEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private SourcePoller poller;

    /** What a peer does with a connection on which a request has come. */
    record Peer(
            String name,
            Question question,
            SourceReason reason,
            String detail,
            Consumer<NetSocket> answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    @AfterEach
    void close() {
        if (poller != null) {
            poller.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Peer says(
            String name,
            Question question,
            SourceReason reason,
            String detail,
            String head,
            String body) {
        String text =
                "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(head, body.length(), body);
        return new Peer(name, question, reason, detail, socket -> socket.write(text));
    }

    private static String vector(String value, Instant at, String more) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{"
                + "\"metric\":{},\"value\":[%d,\"%s\"]}]}%s}"
                        .formatted(at.getEpochSecond(), value, more);
    }

    static Stream<Peer> peers() {
        return Stream.of(endless(), pages(), expositions(), results()).flatMap(peers -> peers);
    }

    /** Peers that do not come to an end, or to the wrong one. */
    private static Stream<Peer> endless() {
        return Stream.of(
                new Peer(
                        "endless",
                        SCRAPE,
                        SourceReason.TOO_LARGE,
                        "more than 8388608 bytes",
                        socket -> {
                            socket.write("HTTP/1.1 200 OK\r\n\r\n");
                            flood(socket, Buffer.buffer("# no end\n".repeat(8_000)));
                        }),
                says("10 MB", STATUS, SourceReason.TOO_LARGE, "bytes", OK, " ".repeat(10 << 20)),
                new Peer(
                        "slow drip",
                        SCRAPE,
                        SourceReason.TIMEOUT,
                        "no whole answer in time",
                        socket -> {
                            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                            drip(socket);
                        }),
                new Peer("silence", QUERY, SourceReason.TIMEOUT, "in time", _ -> {}),
                new Peer(
                        "closed in the middle",
                        SCRAPE,
                        SourceReason.MALFORMED,
                        "ended before a whole answer",
                        socket -> socket.end(Buffer.buffer(CUT_SHORT))),
                new Peer(
                        "a header without end",
                        SCRAPE,
                        SourceReason.MALFORMED,
                        "ended before a whole answer",
                        socket -> {
                            socket.write("HTTP/1.1 200 OK\r\nX-Long: ");
                            flood(socket, Buffer.buffer("x".repeat(10_000)));
                        }));
    }

    /** Answers that are something else. */
    private static Stream<Peer> pages() {
        String html = "200 OK\r\nContent-Type: text/html; charset=utf-8";
        return Stream.of(
                says(
                        "a page of HTML",
                        STATUS,
                        SourceReason.MALFORMED,
                        "says that it is text/html",
                        html,
                        "<html>We are sorry</html>"),
                says(
                        "HTML in place of metrics",
                        SCRAPE,
                        SourceReason.MALFORMED,
                        "line 1 is not of the exposition format; the answer says that it is text",
                        html,
                        "<html>Please log in</html>"),
                says(
                        "an error page under 200",
                        STATUS,
                        SourceReason.MALFORMED,
                        "not a status page's summary",
                        OK,
                        "{\"error\":{\"code\":500}}"),
                says(
                        "a redirect",
                        STATUS,
                        SourceReason.HTTP_STATUS,
                        "it answers 302; redirects are not followed",
                        "302 Found\r\nLocation: http://127.0.0.1:1/",
                        ""),
                says(
                        "compressed",
                        SCRAPE,
                        SourceReason.MALFORMED,
                        "compressed, which was not asked for",
                        "200 OK\r\nContent-Encoding: gzip",
                        "x"),
                says(
                        "JSON that is deep",
                        STATUS,
                        SourceReason.MALFORMED,
                        "not a status page's summary",
                        OK,
                        "[".repeat(100_000)));
    }

    /** Expositions that do not say what they should. */
    private static Stream<Peer> expositions() {
        Instant old = Instant.now().minus(Duration.ofMinutes(10));
        String open = "200 OK\r\nContent-Type: application/openmetrics-text; version=1.0.0";
        return Stream.of(
                says("NaN", SCRAPE, SourceReason.BAD_VALUE, "not finite", OK, "api_seconds NaN\n"),
                says("Inf", SCRAPE, SourceReason.BAD_VALUE, "not finite", OK, "api_seconds +Inf\n"),
                says(
                        "a number that fills memory",
                        SCRAPE,
                        SourceReason.BAD_VALUE,
                        "not finite",
                        OK,
                        "api_seconds 1e999999999\n"),
                says(
                        "less than nothing",
                        SCRAPE,
                        SourceReason.BAD_VALUE,
                        "which cannot be",
                        OK,
                        "api_seconds -1\n"),
                says(
                        "a sample of long ago",
                        SCRAPE,
                        SourceReason.BAD_VALUE,
                        "older than 300 s",
                        OK,
                        "api_seconds 1 %d\n".formatted(old.toEpochMilli())),
                says(
                        "a sample of long ago in OpenMetrics",
                        SCRAPE,
                        SourceReason.BAD_VALUE,
                        "older than 300 s",
                        open,
                        "api_seconds 1 %d.5\n# EOF\n".formatted(old.getEpochSecond())),
                says(
                        "half an exposition",
                        SCRAPE,
                        SourceReason.MALFORMED,
                        "ends before its # EOF",
                        open,
                        "api_seconds 1\n"),
                says(
                        "two expositions",
                        SCRAPE,
                        SourceReason.MALFORMED,
                        "line 3 comes after the end",
                        open,
                        "api_seconds 1\n# EOF\napi_seconds 2\n# EOF\n"),
                says("nothing", SCRAPE, SourceReason.MALFORMED, "is empty", OK, ""),
                says(
                        "no such series",
                        SCRAPE,
                        SourceReason.NO_SERIES,
                        "no series matches",
                        OK,
                        "other 1\n"));
    }

    /** Results of queries that cannot be used. */
    private static Stream<Peer> results() {
        Instant now = Instant.now();
        Instant old = now.minus(Duration.ofMinutes(10));
        return Stream.of(
                says(
                        "an error under 200",
                        QUERY,
                        SourceReason.MALFORMED,
                        "refuses the query (bad_data)",
                        OK,
                        "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"text\"}"),
                says(
                        "an error type of a stranger",
                        QUERY,
                        SourceReason.HTTP_STATUS,
                        "it answers 400 (an error without a known type)",
                        "400 Bad",
                        "{\"status\":\"error\",\"errorType\":\"planted text\"}"),
                says(
                        "a query that is refused",
                        QUERY,
                        SourceReason.HTTP_STATUS,
                        "it answers 422 (execution)",
                        "422 Unprocessable",
                        "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"text\"}"),
                says(
                        "NaN of a query",
                        QUERY,
                        SourceReason.BAD_VALUE,
                        "not a finite number",
                        OK,
                        vector("NaN", now, "")),
                says(
                        "a result of long ago",
                        QUERY,
                        SourceReason.BAD_VALUE,
                        "of another time",
                        OK,
                        vector("1", old, "")),
                says(
                        "a result with warnings",
                        QUERY,
                        SourceReason.BAD_VALUE,
                        "with 1 warnings",
                        OK,
                        vector("1", now, ",\"warnings\":[\"partial\"]")));
    }

    private static void flood(NetSocket socket, Buffer piece) {
        socket.write(piece).onSuccess(_ -> flood(socket, piece));
    }

    private static void drip(NetSocket socket) {
        socket.write("#")
                .onSuccess(_ -> Vertx.currentContext().owner().setTimer(50, _ -> drip(socket)));
    }

    private void serve(Question question, Consumer<NetSocket> answer, Duration timeout) {
        NetServer server =
                vertx.createNetServer()
                        .connectHandler(socket -> {
                            open.incrementAndGet();
                            socket.closeHandler(_ -> open.decrementAndGet());
                            socket.exceptionHandler(_ -> {});
                            AtomicInteger asked = new AtomicInteger();
                            socket.handler(_ -> {
                                if (asked.getAndIncrement() == 0) {
                                    answer.accept(socket);
                                }
                            });
                        })
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        poller = new SourcePoller(vertx, InstantSource.system(), events::add);
        poller.apply(
                        List.of(
                                new SourceConfig(
                                        "s",
                                        "shop",
                                        URI.create("http://127.0.0.1:" + server.actualPort() + "/"),
                                        Duration.ofMillis(1_500),
                                        timeout,
                                        question,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Connection.DIRECT)))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("peers")
    @DisplayName("One failure with its reason, and the connection is given up")
    void peer_isExplained(Peer peer) {
        // A second is short for a slow peer and long for the others, which answer at once.
        boolean slow = peer.reason == SourceReason.TIMEOUT;
        serve(peer.question, peer.answer, slow ? Duration.ofSeconds(1) : Duration.ofSeconds(20));

        await().atMost(Duration.ofSeconds(40)).until(() -> !events.isEmpty());
        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        SourceFailed.class,
                        failed -> {
                            assertThat(failed.reason()).as(failed.detail()).isEqualTo(peer.reason);
                            assertThat(failed.detail())
                                    .contains(peer.detail)
                                    .doesNotContain("planted");
                        });
        poller.close();
        await().atMost(Duration.ofSeconds(40)).until(() -> open.get() == 0);
    }

    @Test
    @DisplayName("A source that is mended tells its value, exact and at once")
    void peer_isMended() {
        AtomicLong asked = new AtomicLong();
        serve(
                SCRAPE,
                socket -> {
                    String body =
                            asked.getAndIncrement() == 0
                                    ? "api_seconds NaN\n"
                                    : "api_seconds{a=\"b\"} 0.125 %d\n"
                                            .formatted(Instant.now().toEpochMilli());
                    socket.end(
                            Buffer.buffer(
                                    "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                                            .formatted(body.length(), body)));
                },
                Duration.ofSeconds(1));

        await().atMost(Duration.ofSeconds(40)).until(() -> events.size() >= 2);
        assertThat(events.getFirst()).isInstanceOf(SourceFailed.class);
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        Sampled.class,
                        sampled -> assertThat(sampled.value()).isEqualTo(125_000_000));
    }
}
