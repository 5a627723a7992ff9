package io.paybeacon.embedded;

import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.embedded.record.Entry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers questions about committed states: at once where memory knows, else on a thread of its
 * own. Safe for use by many threads.
 */
final class Lookups implements AutoCloseable {
    private final StateCache states;
    private final List<String> stages;
    private final ExecutorService finder;
    private volatile boolean closed;

    /**
     * @param stages the names of the stages, by their position in the pipeline
     */
    Lookups(StateCache states, List<String> stages) {
        this.states = states;
        this.stages = List.copyOf(stages);
        this.finder =
                new ThreadPoolExecutor(
                        0,
                        1,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(Limits.QUEUED_FINDS_MAX),
                        Thread.ofPlatform().daemon().name("paybeacon-find").factory());
    }

    /** What a key holds. */
    <S> CompletableFuture<Optional<S>> find(String stage, String key, Class<S> type) {
        int position = position(stage);
        if (closed) {
            return CompletableFuture.failedFuture(stopped());
        }
        Entry entry = states.peek(position, key);
        return entry != null
                ? CompletableFuture.completedFuture(
                        Optional.ofNullable(entry.state()).map(type::cast))
                : later(() ->
                        Optional.ofNullable(states.read(position, key).state()).map(type::cast));
    }

    /** A page of what the keys of a stage hold. */
    <S> CompletableFuture<SequencedMap<String, S>> page(
            String stage, String after, int keysMax, Class<S> type) {
        int position = position(stage);
        return later(() -> {
            SequencedMap<String, S> page = new LinkedHashMap<>();
            states.page(position, after, keysMax)
                    .forEach((key, state) -> page.put(key, type.cast(state)));
            return page;
        });
    }

    private int position(String stage) {
        int position = stages.indexOf(stage);
        if (position < 0) {
            throw new IllegalArgumentException("no stage is called " + stage);
        }
        return position;
    }

    private <T> CompletableFuture<T> later(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            finder.execute(() -> answer(question, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    closed ? stopped() : new OverloadedException("too many look-ups wait"));
        }
        return answer;
    }

    private static <T> void answer(Callable<T> question, CompletableFuture<T> answer) {
        try {
            answer.complete(question.call());
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        } catch (Exception e) {
            answer.completeExceptionally(new IllegalStateException(e));
        }
    }

    private static EngineStoppedException stopped() {
        return new EngineStoppedException("the engine is closed", null);
    }

    /** Answers what was asked, and no more. */
    @Override
    public void close() {
        closed = true;
        finder.close();
    }
}
