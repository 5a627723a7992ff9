package io.paybeacon.bench.probe;

import io.paybeacon.probe.http.HttpAttempt;
import io.paybeacon.probe.http.HttpCall;
import io.paybeacon.probe.http.HttpProbe;
import io.paybeacon.probe.http.Protocol;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.limits.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process with the engine's transport alone, without an HTTP answer: each line {@code URL COUNT
 * LANES} makes that many cold attempts and is answered with the number that passed.
 */
final class EngineWorker {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final VertxInternal vertx;
    private final HttpProbe probe;
    private final TlsProfile profile;

    private EngineWorker(Vertx vertx, TlsProfile profile) {
        this.vertx = (VertxInternal) vertx;
        this.probe = new HttpProbe(vertx, null);
        this.profile = profile;
    }

    /** Works: the file of the authority to trust. */
    public static void main(String[] args) throws IOException {
        Vertx vertx = Vertx.vertx();
        TlsProfile profile = TlsProfile.trusting(Files.readString(Path.of(args[0])));
        EngineWorker worker = new EngineWorker(vertx, profile);
        System.out.println("ready");
        BufferedReader questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] words = line.split(" ", -1);
            URI target = URI.create(words[0]);
            System.out.println(
                    worker.run(target, Integer.parseInt(words[1]), Integer.parseInt(words[2])));
        }
        System.exit(0);
    }

    private int run(URI target, int count, int lanes) {
        AtomicInteger left = new AtomicInteger(count);
        AtomicInteger passed = new AtomicInteger();
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            running.add(next(vertx.createEventLoopContext(), call(target), left, passed));
        }
        Future.join(running).toCompletionStage().toCompletableFuture().join();
        return passed.get();
    }

    private Future<Void> next(
            ContextInternal context, HttpCall call, AtomicInteger left, AtomicInteger passed) {
        if (left.getAndDecrement() <= 0) {
            return context.succeededFuture();
        }
        return probe.send(context, profile, call)
                .compose(attempt -> {
                    passed.addAndGet(isPass(attempt) ? 1 : 0);
                    return next(context, call, left, passed);
                });
    }

    private static boolean isPass(HttpAttempt attempt) {
        return attempt.failure() == null && attempt.status() == 200 && !attempt.warm();
    }

    private static HttpCall call(URI target) {
        return new HttpCall(
                "GET",
                target.getScheme().equals("https"),
                target.getHost(),
                target.getPort(),
                "/",
                List.of(new HttpCall.Header("User-Agent", "Paybeacon")),
                Buffer.buffer(),
                DEADLINE,
                Limits.BODY_BYTES_MAX,
                Protocol.HTTP_1_1,
                Optional.empty());
    }
}
