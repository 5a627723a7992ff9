package io.paybeacon.embedded.record;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.pipeline.Step;
import io.paybeacon.core.stage.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns epoch records, and their parts for the cold store, into bytes and back. Stages go by name
 * in bytes and by position in memory. Safe for use by many threads.
 */
public final class RecordCodec {
    private static final int VERSION = 1;

    private final List<Step<?, ?>> steps;
    private final Map<String, Integer> positions = new HashMap<>();
    private final OutputCodec outputs = new OutputCodec();
    private final ReferenceCodec references = new ReferenceCodec();

    /** A codec for the states of these stages. */
    public RecordCodec(Pipeline pipeline) {
        steps = pipeline.steps();
        for (Step<?, ?> step : steps) {
            positions.put(step.name(), positions.size());
        }
    }

    /** The bytes of a record. */
    public EncodedRecord encode(EpochRecord record) {
        ByteWriter out = new ByteWriter(256 + 384 * record.states().size());
        int[] bounds = new int[2 * record.states().size()];
        out.unsigned(VERSION);
        record.progress().write(out);
        out.list(steps, (to, step) -> to.text(step.name()));
        out.unsigned(record.states().size());
        int bound = 0;
        for (StateChange change : record.states()) {
            out.unsigned(change.stage());
            out.text(change.key());
            bounds[bound++] = out.size();
            writeEntry(out, change.stage(), change.entry());
            bounds[bound++] = out.size();
        }
        out.list(record.metrics(), RecordCodec::writeMetric);
        out.list(record.outputs(), this::writeDelivery);
        out.optional(record.reference(), (to, value) -> to.blob(references.encode(value)));
        return new EncodedRecord(out.toBytes(), bounds);
    }

    /**
     * The record that {@link #encode} made the bytes of.
     *
     * @throws CodecException if the bytes are none, or name a stage that the pipeline does not have
     */
    public EpochRecord decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.unsignedInt();
        if (version != VERSION) {
            throw new CodecException(
                    "a record of version " + version + ", but this build reads " + VERSION);
        }
        Progress progress = Progress.read(in);
        List<Integer> stages = in.list(from -> position(from.text()));
        EpochRecord record =
                new EpochRecord(
                        progress,
                        in.list(from -> readState(from, stages)),
                        in.list(RecordCodec::readMetric).stream()
                                .flatMap(Optional::stream)
                                .toList(),
                        in.list(this::readDelivery),
                        in.optional(from -> references.decode(from.blob())));
        if (in.remaining() != 0) {
            throw new CodecException(in.remaining() + " bytes too many in a record");
        }
        return record;
    }

    /** Throws what encoding the change would throw. */
    public void requireEncodable(StateChange change) {
        writeEntry(new ByteWriter(), change.stage(), change.entry());
    }

    /** What a key holds, as bytes. The key must hold a state. */
    public byte[] encodeEntry(int stage, Entry entry) {
        ByteWriter out = new ByteWriter();
        writeEntry(out, stage, entry);
        return out.toBytes();
    }

    /** What {@link #encodeEntry} made the bytes of. */
    public Entry decodeEntry(int stage, byte[] bytes) {
        return decodeEntry(stage, bytes, 0, bytes.length);
    }

    /** What {@link #encodeEntry} made a part of the bytes of. */
    public Entry decodeEntry(int stage, byte[] bytes, int offset, int length) {
        return readEntry(new ByteReader(bytes, offset, length), stage);
    }

    /** A metric row, as bytes. */
    public byte[] encodeMetric(MetricRow row) {
        ByteWriter out = new ByteWriter();
        writeMetric(out, row);
        return out.toBytes();
    }

    /**
     * What {@link #encodeMetric} made the bytes of; empty when this build keeps no such series,
     * because the metric is gone or its labels or buckets are others now. It then starts anew.
     */
    public Optional<MetricRow> decodeMetric(byte[] bytes) {
        return readMetric(new ByteReader(bytes));
    }

    /** A series, as bytes: its key in the cold store. */
    public byte[] encodeSeries(Series series) {
        ByteWriter out = new ByteWriter();
        writeSeries(out, series);
        return out.toBytes();
    }

    /** A delivery, as bytes. */
    public byte[] encodeDelivery(Delivery delivery) {
        ByteWriter out = new ByteWriter(512);
        writeDelivery(out, delivery);
        return out.toBytes();
    }

    /** What {@link #encodeDelivery} made the bytes of. */
    public Delivery decodeDelivery(byte[] bytes) {
        return readDelivery(new ByteReader(bytes));
    }

    /** A reference, as bytes. */
    public byte[] encodeReference(Reference reference) {
        return references.encode(reference);
    }

    /** What {@link #encodeReference} made the bytes of. */
    public Reference decodeReference(byte[] bytes) {
        return references.decode(bytes);
    }

    /**
     * The position of the stage of a name.
     *
     * @throws CodecException if there is none
     */
    public int position(String stage) {
        Integer position = positions.get(stage);
        if (position == null) {
            throw new CodecException(
                    "states of the stage '"
                            + stage
                            + "', which this build does not have: start the version that wrote"
                            + " them");
        }
        return position;
    }

    private StateChange readState(ByteReader in, List<Integer> stages) {
        int written = in.unsignedInt();
        if (written >= stages.size()) {
            throw new CodecException("no stage at position " + written);
        }
        int stage = stages.get(written);
        return new StateChange(stage, in.text(), readEntry(in, stage));
    }

    private void writeEntry(ByteWriter out, int stage, Entry entry) {
        Object state = entry.state();
        out.bool(state != null);
        if (state != null) {
            Step<?, ?> step = steps.get(stage);
            out.blob(state, step::encode);
        }
        boolean due = entry.deadlineMillis() != Entry.NO_DEADLINE;
        out.bool(due);
        if (due) {
            out.signed(entry.deadlineMillis());
        }
    }

    private Entry readEntry(ByteReader in, int stage) {
        Object state = in.<Object>optional(from -> steps.get(stage).decode(from.blob()));
        long deadlineMillis = in.bool() ? in.signed() : Entry.NO_DEADLINE;
        return state == null ? Entry.ABSENT : new Entry(state, deadlineMillis);
    }

    private static void writeSeries(ByteWriter out, Series series) {
        Metric.NAMES.write(out, series.metric());
        out.list(series.labels(), ByteWriter::text);
    }

    private static void writeMetric(ByteWriter out, MetricRow row) {
        writeSeries(out, row.series());
        out.signed(row.value());
        out.list(row.counts(), ByteWriter::unsigned);
    }

    private static Optional<MetricRow> readMetric(ByteReader in) {
        Metric metric = Metric.NAMES.find(in.text());
        List<String> labels = in.list(ByteReader::text);
        long value = in.signed();
        List<Long> counts = in.list(ByteReader::unsigned);
        if (metric == null
                || labels.size() != metric.labels().size()
                || counts.size() != MetricRow.countsOf(metric)) {
            return Optional.empty();
        }
        return Optional.of(new MetricRow(new Series(metric, labels), value, counts));
    }

    private void writeDelivery(ByteWriter out, Delivery delivery) {
        out.text(delivery.id());
        out.unsigned(delivery.position());
        Output output = delivery.output();
        out.blob(outputs.encode(output));
    }

    private Delivery readDelivery(ByteReader in) {
        return new Delivery(in.text(), in.unsigned(), outputs.decode(in.blob()));
    }
}
