package io.paybeacon.server.source;

import static java.util.Objects.requireNonNull;

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
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            this.fetch = new SourceFetch(vertx, source);
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
                        fetch.get(source.url())
                                .compose(text -> attempt(() -> status(text, page.components())));
                case Question.Scrape scrape -> scrape(scrape);
                case Question.PromQl queries -> queries(queries);
            };
        }

        private static Map<SourceEvent.Signal, Long> status(String text, List<String> components)
                throws BadAnswerException {
            long status = StatusPageAnswer.read(text, components);
            return Map.of(SourceEvent.Signal.STATUS, status);
        }

        /** A large exposition takes a while to read: not on the event loop. */
        private Future<Map<SourceEvent.Signal, Long>> scrape(Question.Scrape scrape) {
            return fetch.get(source.url())
                    .compose(text ->
                            vertx.executeBlocking(
                                    () ->
                                            ExpositionReader.read(
                                                    text, Signals.metrics(scrape.readings())),
                                    false))
                    .compose(samples ->
                            attempt(() ->
                                    signals.scraped(scrape.readings(), requireNonNull(samples))));
        }

        private Future<Map<SourceEvent.Signal, Long>> queries(Question.PromQl queries) {
            Map<SourceEvent.Signal, Long> values = new EnumMap<>(SourceEvent.Signal.class);
            List<Future<?>> asked = new ArrayList<>();
            queries.queries()
                    .forEach((signal, query) ->
                            asked.add(
                                    fetch.get(queryUrl(query))
                                            .compose(text ->
                                                    attempt(() -> {
                                                        BigDecimal value = PromQlAnswer.read(text);
                                                        var kind = Signals.signal(signal);
                                                        values.put(
                                                                kind,
                                                                Signals.inUnit(
                                                                        kind, value, Unit.SECONDS));
                                                        return kind;
                                                    }))));
            return Future.all(asked).map(values);
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

    private interface Attempt<T> {
        T make() throws BadAnswerException;
    }

    private static <T> Future<T> attempt(Attempt<T> attempt) {
        try {
            return Future.succeededFuture(attempt.make());
        } catch (BadAnswerException e) {
            return Future.failedFuture(e);
        }
    }
}
