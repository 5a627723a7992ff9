package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.OrphanSettled;
import io.paybeacon.probe.Applied;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run began with holds until its money is back. */
class ChangedTargetTest {

    @TempDir Path directory;
    private EngineLab lab;
    private final CountDownLatch underway = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        lab = new EngineLab(directory).open();
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    /** Holds the first answer back until the test has reloaded. */
    private void holdFirstAnswer() {
        lab.gateway.onRequest(_ -> {
            underway.countDown();
            try {
                release.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static ProbeTarget withKeyAndUrl(ProbeTarget target, String key, String url) {
        return new ProbeTarget(
                target.name(),
                target.gateway(),
                target.plan(),
                URI.create(url),
                Map.of("key", Secret.of(key)),
                target.variables(),
                target.interval(),
                target.tls(),
                target.proxy(),
                target.policy());
    }

    @Test
    @DisplayName("A probe that is removed during its run ends the run and cleans up")
    void remove_duringRun() throws Exception {
        holdFirstAnswer();
        lab.apply(EngineLab.FAST, lab.target("p", ProbeBench.PLAN, RunPolicy.DEFAULT));
        assertThat(underway.await(30, TimeUnit.SECONDS)).isTrue();
        Applied applied = lab.apply(EngineLab.FAST);
        assertThat(applied).isEqualTo(new Applied(Set.of(), Set.of("p"), Set.of(), Set.of()));
        release.countDown();

        EngineLab.until(() -> lab.runs.size() == 1);
        assertThat(lab.runs.getFirst().failure()).isNull();
        assertThat(lab.runs.getFirst().cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(lab.gateway.operations()).containsExactly("create", "capture", "void");
        assertThat(lab.gateway.payments().values()).containsExactly("voided");
    }

    @Test
    @DisplayName("A probe whose key and address change during its run ends it with the old ones")
    void change_duringRun() throws Exception {
        try (AcmeGateway other = new AcmeGateway()) {
            holdFirstAnswer();
            ProbeTarget old = lab.target("p", ProbeBench.PLAN, RunPolicy.DEFAULT);
            lab.apply(EngineLab.FAST, old);
            assertThat(underway.await(30, TimeUnit.SECONDS)).isTrue();
            ProbeTarget next = withKeyAndUrl(old, "acme_key_rotated_9", other.url());
            assertThat(lab.apply(EngineLab.FAST, next).changed()).containsExactly("p");
            release.countDown();

            EngineLab.until(() -> lab.runs.size() >= 2);
            assertThat(lab.gateway.operations()).containsExactly("create", "capture", "void");
            assertThat(lab.gateway.requests())
                    .allMatch(request -> request.contains("Bearer " + ProbeBench.KEY));
            assertThat(lab.gateway.payments().values()).containsExactly("voided");
            assertThat(other.requests())
                    .isNotEmpty()
                    .allMatch(request -> request.contains("Bearer acme_key_rotated_9"));
        }
    }

    @Test
    @DisplayName("What a removed probe has left is cleaned up with the target that it had")
    void remove_leftover() throws Exception {
        lab.gateway.fail("capture", AcmeGateway.Fault.STATUS_500);
        lab.gateway.fail("void", AcmeGateway.Fault.STATUS_500);
        lab.apply(EngineLab.FAST);
        String run =
                lab.prober()
                        .runOnce(lab.target("p", ProbeBench.PLAN, RunPolicy.DEFAULT))
                        .await(30, TimeUnit.SECONDS)
                        .runId();
        assertThat(lab.prober().orphans().await(5, TimeUnit.SECONDS))
                .extracting(open -> open.run())
                .containsExactly(run);
        ProbeTarget unrelated =
                EngineLab.target("other", ProbeBench.PLAN, "http://127.0.0.1:1", RunPolicy.DEFAULT);
        lab.apply(EngineLab.FAST, unrelated);
        lab.apply(EngineLab.FAST);

        EngineLab.until(
                () -> lab.events(OrphanSettled.class).anyMatch(event -> event.run().equals(run)));
        assertThat(lab.prober().orphans().await(5, TimeUnit.SECONDS)).isEmpty();
        assertThat(lab.gateway.payments().values()).containsExactly("voided");
    }

    @Test
    @DisplayName("A leftover whose old key no longer opens is cleaned up with the new one")
    void change_leftover() throws Exception {
        AcmeGateway.Fault refused = AcmeGateway.Fault.STATUS_401;
        lab.gateway.fail("capture", refused);
        lab.gateway.fail("void", refused, refused);
        ProbeTarget old = lab.target("p", ProbeBench.PLAN, RunPolicy.DEFAULT);
        lab.apply(EngineLab.FAST);
        String run = lab.prober().runOnce(old).await(30, TimeUnit.SECONDS).runId();

        ProbeTarget next = withKeyAndUrl(old, "acme_key_rotated_9", lab.gateway.url());
        lab.prober().recover(List.of(next)).await(30, TimeUnit.SECONDS);

        assertThat(lab.events(OrphanSettled.class))
                .extracting(OrphanSettled::run)
                .containsExactly(run);
        assertThat(lab.gateway.requests().getLast()).contains("acme_key_rotated_9");
    }

    @Test
    @DisplayName("A leftover is never cleaned up at another gateway account")
    void change_gateway() throws Exception {
        lab.gateway.fail("capture", AcmeGateway.Fault.STATUS_500);
        lab.gateway.fail("void", AcmeGateway.Fault.STATUS_500);
        ProbeTarget old = lab.target("p", ProbeBench.PLAN, RunPolicy.DEFAULT);
        lab.prober().runOnce(old).await(30, TimeUnit.SECONDS);
        lab.prober().close().await(30, TimeUnit.SECONDS);
        lab.open();

        try (AcmeGateway other = new AcmeGateway()) {
            ProbeTarget moved =
                    new ProbeTarget(
                            "p",
                            "acme-other",
                            old.plan(),
                            URI.create(other.url()),
                            old.secrets(),
                            Map.of(),
                            old.interval(),
                            old.tls(),
                            old.proxy(),
                            old.policy());
            var report = lab.prober().recover(List.of(moved)).await(30, TimeUnit.SECONDS);
            assertThat(report.cleaned()).isEmpty();
            assertThat(report.orphans())
                    .singleElement()
                    .satisfies(orphan ->
                            assertThat(orphan.why())
                                    .isEqualTo(
                                            "the probe \"p\" is not of plan acme-card at gateway"
                                                    + " acme-main any more"));
            assertThat(other.connections()).isZero();
        }
    }
}
