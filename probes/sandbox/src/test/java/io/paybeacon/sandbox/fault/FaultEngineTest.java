package io.paybeacon.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FaultEngineTest {
    private static final Subject MARKET = Subject.of(Map.of("order_id", "o"));
    private static final Subject PROBE = Subject.of(Map.of(Scope.PROBE_KEY, "r"));
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    @Test
    void probability_drawsTheSameFatesFromTheSameSeed() {
        List<Boolean> first = fates(7);
        assertThat(fates(7)).isEqualTo(first);
        assertThat(fates(8)).isNotEqualTo(first);
        assertThat(first.stream().filter(hit -> hit).count()).isBetween(220L, 380L);
    }

    private List<Boolean> fates(long seed) {
        FaultEngine engine = engine(seed);
        engine.install("*:reset,probability=0.3");
        List<Boolean> fates = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            fates.add(hits(engine, TestVocabulary.REFUNDS_CREATE, MARKET));
        }
        return fates;
    }

    @Test
    void count_endsTheFault() {
        FaultEngine engine = engine(1);
        engine.install("*:reset,count=2");
        assertThat(hits(engine, TestVocabulary.BALANCE_RETRIEVE, Subject.NONE)).isTrue();
        assertThat(hits(engine, TestVocabulary.BALANCE_RETRIEVE, Subject.NONE)).isTrue();
        assertThat(hits(engine, TestVocabulary.BALANCE_RETRIEVE, Subject.NONE)).isFalse();
        assertThat(engine.list().getFirst().struck()).isEqualTo(2);
    }

    @Test
    void startAndFor_areAWindow() {
        FaultEngine engine = engine(1);
        engine.install("*:reset,start=10s,for=5s");
        assertThat(hitsAt(engine, 9)).isFalse();
        assertThat(hitsAt(engine, 10)).isTrue();
        assertThat(hitsAt(engine, 14)).isTrue();
        assertThat(hitsAt(engine, 15)).isFalse();
    }

    private boolean hitsAt(FaultEngine engine, long second) {
        now.set(Instant.EPOCH.plusSeconds(second));
        return hits(engine, TestVocabulary.REFUNDS_CREATE, MARKET);
    }

    @Test
    void scopeAndMetadata_choosePayments() {
        FaultEngine engine = engine(1);
        String id = engine.install("*:reset,scope=probe");
        assertThat(hits(engine, TestVocabulary.REFUNDS_CREATE, PROBE)).isTrue();
        assertThat(hits(engine, TestVocabulary.REFUNDS_CREATE, MARKET)).isFalse();
        assertThat(hits(engine, TestVocabulary.REFUNDS_CREATE, Subject.NONE)).isFalse();
        assertThat(engine.remove(id)).isTrue();
        engine.install("*:reset,scope=market");
        assertThat(hits(engine, TestVocabulary.REFUNDS_CREATE, PROBE)).isFalse();
        assertThat(hits(engine, TestVocabulary.REFUNDS_CREATE, MARKET)).isTrue();
        engine.clear();
        engine.install("*:reset,metadata.order_id=p");
        assertThat(hits(engine, TestVocabulary.REFUNDS_CREATE, MARKET)).isFalse();
    }

    @Test
    void operation_choosesRequestsAndStarSparesWebhooks() {
        FaultEngine engine = engine(1);
        engine.install("refunds.create:reset");
        assertThat(hits(engine, TestVocabulary.REFUNDS_CREATE, MARKET)).isTrue();
        assertThat(hits(engine, TestVocabulary.REFUNDS_LIST, MARKET)).isFalse();
        engine.clear();
        engine.install("*:reset");
        assertThat(engine.decideWebhook("refund.created", Map.of())).isEmpty();
    }

    @Test
    void tail_staysBetweenFloorAndTail() {
        FaultEngine engine = engine(3);
        engine.install("*:latency=100ms,tail=5s");
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            for (Effect.OnRequest effect : engine.decide(TestVocabulary.REFUNDS_CREATE, MARKET)) {
                delays.add(((Effect.Latency) effect).delay().toMillis());
            }
        }
        assertThat(delays).hasSize(2_000).allMatch(d -> d >= 100 && d <= 5_000);
        assertThat(delays.stream().filter(d -> d > 1_000).count()).isBetween(60L, 250L);
        assertThat(delays.stream().filter(d -> d < 200).count()).isGreaterThan(900);
    }

    @Test
    void reordered_isADelayWithinTheWindow() {
        FaultEngine engine = engine(3);
        engine.install("webhooks:reordered=2s");
        for (int i = 0; i < 100; i++) {
            Effect.Delayed delayed =
                    (Effect.Delayed) engine.decideWebhook("refund.created", Map.of()).getFirst();
            assertThat(delayed.delay()).isBetween(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    @Test
    void tooMany_areRefused() {
        FaultEngine engine = engine(1);
        for (int i = 0; i < 64; i++) {
            engine.install("*:reset");
        }
        assertThatThrownBy(() -> engine.install("*:reset"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("64");
    }

    private FaultEngine engine(long seed) {
        now.set(Instant.EPOCH);
        return new FaultEngine(TestVocabulary.SHOP, seed, now::get);
    }

    private static boolean hits(FaultEngine engine, Operation operation, Subject subject) {
        return !engine.decide(operation, subject).isEmpty();
    }
}
