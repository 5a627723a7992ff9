package io.paybeacon.server.source;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.SourceEvent;
import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.paybeacon.server.config.SourceConfig;
import io.paybeacon.server.config.SourceConfig.Question;
import io.paybeacon.server.config.SourceConfig.Unit;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the sources, each on its own schedule, spread by the hash of its name; a question that is
 * still open when the next is due is not asked twice. Safe for use by many threads.
 */
public final class SourcePoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourcePoller.class);

    private final Vertx vertx;
    private final Context context;
    private final InstantSource clock;
    private final Consumer<SourceEvent> events;

    /** By name; only on the context. */
    private final Map<String, Polled> polled = new HashMap<>();

    /**
     * Polls nothing yet.
     *
     * @param clock the agent's wall clock
     * @param events receives what was learned, on an event loop
     */
    public SourcePoller(Vertx vertx, InstantSource clock, Consumer<SourceEvent> events) {
        this.vertx = vertx;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.clock = clock;
        this.events = events;
    }

    /** Polls these from now on; those that stay as they are keep their pace and their memory. */
    public Future<Void> apply(List<SourceConfig> sources) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(_ -> {
            Map<String, SourceConfig> wanted = new HashMap<>();
            sources.forEach(source -> wanted.put(source.name(), source));
            List.copyOf(polled.values()).stream()
                    .filter(one -> !one.source.equals(wanted.get(one.source.name())))
                    .forEach(one -> {
                        polled.remove(one.source.name());
                        one.stop();
                    });
            wanted.forEach((name, source) -> {
                if (!polled.containsKey(name)) {
                    Polled one = new Polled(source);
                    polled.put(name, one);
                    one.start();
                }
            });
            done.complete();
        });
        return done.future();
    }

    @Override
    public void close() {
        apply(List.of()).toCompletionStage().toCompletableFuture().join();
    }

    /** One source. Only on the context. */
    private final class Polled {
        private final SourceConfig source;
        private final SourceFetch fetch;
        private final Signals signals = new Signals();
        private long timer;
        private boolean underWay;
        private boolean stopped;
        private SourceReason lastReason = SourceReason.AGENT_FAULT;
        private boolean failing;

        Polled(SourceConfig source) {
            this.source = source;
            this.fetch = new SourceFetch(vertx, clock, source);
        }

        void start() {
            long every = source.every().toMillis();
            long offset = Math.floorMod((long) source.name().hashCode() * 0x9E3779B9L, every);
            timer =
                    vertx.setTimer(
                            1 + Math.min(offset, 5_000),
                            _ -> {
                                ask();
                                timer = vertx.setPeriodic(every, _ -> ask());
                            });
        }

        void stop() {
            stopped = true;
            vertx.cancelTimer(timer);
            fetch.close();
        }

        private void ask() {
            if (underWay || stopped) {
                return;
            }
            underWay = true;
            Instant at = clock.instant();
            answers()
                    .onComplete(values -> {
                        underWay = false;
                        if (stopped) {
                            return;
                        }
                        if (values.succeeded()) {
                            succeeded(at, values.result());
                        } else {
                            failed(at, values.cause());
                        }
                    });
        }

        private Future<Map<SourceEvent.Signal, Long>> answers() {
            return switch (source.what()) {
                case Question.StatusPage page ->
                        fetch.get(source.url()).compose(document -> status(document, page));
                case Question.Scrape scrape ->
                        fetch.get(source.url()).compose(document -> scraped(document, scrape));
                case Question.PromQl queries -> queries(queries);
            };
        }

        private Future<Map<SourceEvent.Signal, Long>> status(
                Document document, Question.StatusPage page) {
            return offLoop(() -> {
                long status = StatusPageAnswer.read(document, page.components());
                return Map.of(SourceEvent.Signal.STATUS, status);
            });
        }

        private Future<Map<SourceEvent.Signal, Long>> scraped(
                Document document, Question.Scrape scrape) {
            Set<String> wanted = Signals.metrics(scrape.readings());
            return offLoop(() -> ExpositionReader.read(document, wanted))
                    .compose(samples -> {
                        try {
                            return Future.succeededFuture(
                                    signals.scraped(scrape.readings(), samples));
                        } catch (BadAnswerException e) {
                            return Future.failedFuture(e);
                        }
                    });
        }

        /** A large answer takes a while to read, and the event loop has others to serve. */
        private <T> Future<T> offLoop(Callable<T> reading) {
            return vertx.executeBlocking(reading, false).map(Objects::requireNonNull);
        }

        private Future<Map<SourceEvent.Signal, Long>> queries(Question.PromQl queries) {
            Map<SourceEvent.Signal, Future<Long>> asked = new EnumMap<>(SourceEvent.Signal.class);
            queries.queries()
                    .forEach((signal, query) -> {
                        SourceEvent.Signal kind = Signals.signal(signal);
                        asked.put(
                                kind,
                                fetch.get(queryUrl(query))
                                        .compose(document ->
                                                offLoop(() ->
                                                        Signals.inUnit(
                                                                kind,
                                                                PromQlAnswer.read(document),
                                                                Unit.SECONDS))));
                    });
            // Each is waited for, so that a question of the next round finds none of this open.
            return Future.join(List.copyOf(asked.values()))
                    .map(_ -> {
                        Map<SourceEvent.Signal, Long> values =
                                new EnumMap<>(SourceEvent.Signal.class);
                        asked.forEach((kind, value) -> values.put(kind, value.result()));
                        return values;
                    });
        }

        private URI queryUrl(String query) {
            String base = source.url().toString();
            String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
            return URI.create(
                    root
                            + "/api/v1/query?query="
                            + URLEncoder.encode(query, StandardCharsets.UTF_8));
        }

        private void succeeded(Instant at, Map<SourceEvent.Signal, Long> values) {
            if (failing) {
                failing = false;
                LOG.info("Source {} answers again", source.name());
            }
            values.forEach((signal, value) ->
                    events.accept(
                            new SourceEvent.Sampled(
                                    origin(at, signal.label()), source.name(), signal, value, at)));
        }

        private void failed(Instant at, Throwable error) {
            SourceReason reason =
                    error instanceof BadAnswerException bad
                            ? bad.reason()
                            : SourceReason.AGENT_FAULT;
            String detail = String.valueOf(error.getMessage());
            if (!failing || reason != lastReason) {
                LOG.warn("Source {}: {}: {}", source.name(), reason.label(), detail);
            }
            failing = true;
            lastReason = reason;
            events.accept(
                    new SourceEvent.SourceFailed(
                            origin(at, "failure"), source.name(), reason, detail));
        }

        private Origin origin(Instant at, String what) {
            return new Origin(
                    source.gateway(),
                    "source-%s-%d-%s".formatted(source.name(), at.toEpochMilli(), what),
                    at);
        }
    }
}
