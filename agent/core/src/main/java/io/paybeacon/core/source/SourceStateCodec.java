package io.paybeacon.core.source;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.SourceEvent.Signal;
import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.paybeacon.core.source.SourceState.Failure;
import io.paybeacon.core.source.SourceState.Sample;
import java.util.EnumMap;
import java.util.Map;

/** Layout 1: the components of {@link SourceState} in order. */
enum SourceStateCodec implements Codec<SourceState> {
    INSTANCE;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(SourceState value, ByteWriter out) {
        out.text(value.gateway());
        out.text(value.source());
        out.list(
                value.samples().entrySet(),
                (w, entry) -> {
                    Signal.NAMES.write(w, entry.getKey());
                    Sample sample = entry.getValue();
                    w.signed(sample.value());
                    w.instant(sample.at());
                    sample.told().write(w);
                });
        out.optional(value.answered(), (w, origin) -> origin.write(w));
        out.optional(
                value.failure(),
                (w, failure) -> {
                    SourceReason.NAMES.write(w, failure.reason());
                    w.text(failure.detail());
                    failure.told().write(w);
                });
        out.list(value.recentFailures(), ByteWriter::text);
    }

    @Override
    public SourceState read(int version, ByteReader in) {
        String gateway = in.text();
        String source = in.text();
        Map<Signal, Sample> samples = new EnumMap<>(Signal.class);
        for (var entry : in.list(r -> Map.entry(Signal.NAMES.read(r), readSample(r)))) {
            if (samples.put(entry.getKey(), entry.getValue()) != null) {
                throw new CodecException("a signal comes twice");
            }
        }
        return new SourceState(
                gateway,
                source,
                samples,
                in.optional(Origin::read),
                in.optional(r -> new Failure(SourceReason.NAMES.read(r), r.text(), Origin.read(r))),
                in.list(ByteReader::text));
    }

    private static Sample readSample(ByteReader in) {
        return new Sample(in.signed(), in.instant(), Origin.read(in));
    }
}
