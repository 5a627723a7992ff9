package io.paybeacon.server;

import io.paybeacon.probe.Prober;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.secret.KnownSecrets;
import io.paybeacon.server.certificate.PayPalCertificates;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.ConfigSecrets;
import io.paybeacon.server.config.KeyPairPem;
import io.paybeacon.server.http.AgentHttpServer;
import io.paybeacon.server.http.RunHistory;
import io.paybeacon.server.reload.Swap;
import io.paybeacon.server.source.SourcePoller;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a configuration into force in a running agent: first what can fail, each step with its way
 * back, then what requests see, at once.
 *
 * @param inForce what requests see
 * @param sources asks others what they measured
 * @param runs forgets the runs of probes that are gone
 * @param certificates what is known of PayPal's
 * @param secrets learns those of the next configuration before anything of it is tried
 */
record LiveSwap(
        AtomicReference<InForce> inForce,
        AgentHttpServer http,
        Prober prober,
        ReferenceKeeper reference,
        SourcePoller sources,
        RunHistory runs,
        PayPalCertificates certificates,
        KnownSecrets secrets)
        implements Swap {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSwap.class);

    /** How long one part may take; none of them waits for a gateway. */
    private static final long PART_SECONDS_MAX = 20;

    @Override
    public void swap(AgentConfig before, AgentConfig after) throws SwapFailedException {
        secrets.learn(ConfigSecrets.of(after));
        Deque<Runnable> back = new ArrayDeque<>();
        try {
            InForce next = InForce.of(after, certificates);
            useKeys(before, after, back);
            back.push(() -> await(prober.apply(before.probeSet())));
            await(prober.apply(after.probeSet()));
            back.push(() -> await(sources.apply(before.sources())));
            await(sources.apply(after.sources()));
            reference.refer(after.reference());
            inForce.set(next);
        } catch (RuntimeException e) {
            back.forEach(LiveSwap::undo);
            Throwable cause =
                    e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            throw new SwapFailedException("it cannot be brought into force: " + cause, e);
        }
        runs.retain(after.probes().stream().map(ProbeTarget::name).collect(Collectors.toSet()));
    }

    private void useKeys(AgentConfig before, AgentConfig after, Deque<Runnable> back) {
        KeyPairPem then = before.listen().tls().orElse(null);
        KeyPairPem now = after.listen().tls().orElse(null);
        if (then != null && now != null && !then.equals(now)) {
            back.push(() -> await(http.useKeys(then)));
            await(http.useKeys(now));
        }
    }

    private static void undo(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("A part of a configuration that is not in force could not be undone", e);
        }
    }

    private static <T> void await(Future<T> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PART_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }
}
