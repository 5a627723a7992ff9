package io.paybeacon.embedded.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.gateway.GatewayCell;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final int GATEWAY_STAGE = 4;

    private final RecordCodec codec = new RecordCodec(Pipeline.standard());

    @Test
    void record_comesBackAsItWas() {
        EpochRecord record = record();
        assertThat(codec.decode(codec.encode(record).bytes())).isEqualTo(record);
    }

    @Test
    void record_cutAnywhere_isRefused() {
        byte[] bytes = codec.encode(record()).bytes();
        for (int size = 0; size < bytes.length; size++) {
            byte[] cut = Arrays.copyOf(bytes, size);
            assertThatThrownBy(() -> codec.decode(cut))
                    .as("cut to %d bytes", size)
                    .isInstanceOf(CodecException.class);
        }
    }

    @Test
    void record_ofALaterVersion_isRefused() {
        byte[] bytes = codec.encode(record()).bytes();
        bytes[0] = 2;
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void record_ofStagesInAnotherOrder_findsTheirStates() {
        Pipeline standard = Pipeline.standard();
        RecordCodec shuffled = new RecordCodec(new Pipeline(standard.steps().reversed()));
        EpochRecord read = shuffled.decode(codec.encode(record()).bytes());
        int position = standard.steps().size() - 1 - GATEWAY_STAGE;
        assertThat(read.states()).extracting(StateChange::stage).containsOnly(position);
    }

    @Test
    void metricRow_ofAMetricThatIsGoneOrChanged_startsAnew() {
        assertThat(codec.decodeMetric(row("no_such_metric", List.of("a"), List.of()))).isEmpty();
        String counter = Metric.PAYMENTS_CREATED.key();
        assertThat(codec.decodeMetric(row(counter, List.of("a"), List.of()))).isPresent();
        assertThat(codec.decodeMetric(row(counter, List.of("a", "b"), List.of()))).isEmpty();
        String histogram = Metric.WEBHOOK_LAG.key();
        List<Long> counts = Collections.nCopies(MetricRow.countsOf(Metric.WEBHOOK_LAG), 1L);
        assertThat(codec.decodeMetric(row(histogram, List.of("a"), counts))).isPresent();
        assertThat(codec.decodeMetric(row(histogram, List.of("a"), counts.subList(0, 5))))
                .isEmpty();
    }

    private static byte[] row(String metric, List<String> labels, List<Long> counts) {
        ByteWriter out = new ByteWriter();
        out.text(metric);
        out.list(labels, ByteWriter::text);
        out.signed(7);
        out.list(counts, ByteWriter::unsigned);
        return out.toBytes();
    }

    private static EpochRecord record() {
        Finding finding =
                new Finding(
                        "f1",
                        FindingKind.STUCK_PAYMENT,
                        Severity.CRITICAL,
                        "shop",
                        "shop:pi_1",
                        NOW,
                        Money.of(1_250, "EUR"),
                        "a cause",
                        "a remedy",
                        Map.of("status", "created"));
        GatewayCell cell =
                new GatewayCell("shop", Map.of(PaymentStatus.CREATED, 3L), new TreeMap<>());
        long due = NOW.toEpochMilli();
        return new EpochRecord(
                new Progress(5, due, Long.MIN_VALUE, 9, 6),
                List.of(
                        new StateChange(GATEWAY_STAGE, "shop", new Entry(cell, due)),
                        new StateChange(GATEWAY_STAGE, "other", new Entry(cell, Entry.NO_DEADLINE)),
                        new StateChange(GATEWAY_STAGE, "gone", Entry.ABSENT)),
                List.of(
                        new MetricRow(Series.of(Metric.IDENTITY_PARKED, "shop"), -4, List.of()),
                        new MetricRow(
                                Series.of(Metric.WEBHOOK_LAG, "shop"),
                                Long.MAX_VALUE,
                                Collections.nCopies(MetricRow.countsOf(Metric.WEBHOOK_LAG), 2L))),
                List.of(
                        new Delivery("a|b|c|0", 7, new FindingOpened(finding)),
                        new Delivery("a|b|c|1", 8, new FindingUpdated(finding)),
                        new Delivery(
                                "a|b|c|2", 9, new FindingResolved("f1", NOW, Resolution.RESOLVED))),
                Reference.defaults());
    }
}
