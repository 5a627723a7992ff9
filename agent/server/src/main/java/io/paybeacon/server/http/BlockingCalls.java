package io.paybeacon.server.http;

import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.server.findings.FindingStoreException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Answers questions that block, on virtual threads, a limited number at once. Safe for use by many
 * event loops.
 */
final class BlockingCalls implements AutoCloseable {
    private static final Logger LOG = System.getLogger(BlockingCalls.class.getName());

    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("paybeacon-http-", 0).factory());
    private final Semaphore room = new Semaphore(Limits.QUESTIONS_MAX);
    private final Vertx vertx;

    BlockingCalls(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Answers a request with what a call returns, or with why it failed. */
    <T> void answer(RoutingContext request, Callable<T> call, Consumer<T> answer) {
        call(call)
                .onSuccess(result -> {
                    try {
                        answer.accept(result);
                    } catch (RuntimeException e) {
                        fail(request, e);
                    }
                })
                .onFailure(failure -> fail(request, failure));
    }

    private <T> Future<T> call(Callable<T> call) {
        if (!room.tryAcquire()) {
            return Future.failedFuture(new BusyException());
        }
        Context context = vertx.getOrCreateContext();
        Promise<T> promise = Promise.promise();
        threads.execute(() -> {
            try {
                T result = call.call();
                context.runOnContext(_ -> promise.complete(result));
            } catch (Exception e) {
                context.runOnContext(_ -> promise.fail(e));
            } finally {
                room.release();
            }
        });
        return promise.future();
    }

    /** Waits for what an engine finds, for a limited time; only within a call. */
    static <T> T await(CompletableFuture<T> found) throws Exception {
        return found.get(Limits.FIND_MILLIS_MAX, TimeUnit.MILLISECONDS);
    }

    private static void fail(RoutingContext request, Throwable failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        switch (cause) {
            case BadQuestionException bad ->
                    Answers.problem(request, bad.status(), bad.title(), bad.detail());
            case BusyException _, OverloadedException _, TimeoutException _ -> {
                request.response()
                        .putHeader("Retry-After", Integer.toString(Limits.RETRY_AFTER_SECONDS));
                Answers.problem(
                        request,
                        503,
                        "Busy",
                        "The agent has too many questions to answer, or is slow. Ask again later.");
            }
            case EngineStoppedException _ ->
                    Answers.problem(
                            request,
                            503,
                            "Engine stopped",
                            "The engine does not run; /-/ready says why.");
            case FindingStoreException _ -> {
                LOG.log(Logger.Level.WARNING, "A question to the findings store failed", cause);
                Answers.problem(
                        request,
                        503,
                        "Findings store failed",
                        "The findings store cannot be read; the log of the agent says why.");
            }
            default -> {
                LOG.log(Logger.Level.ERROR, "A request failed", cause);
                Answers.problem(
                        request, 500, "Internal error", "The agent failed; its log says why.");
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static final class BusyException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
