package io.paybeacon.embedded.record;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.stage.Reference;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The bytes of a reference. Durations are whole milliseconds. */
public final class ReferenceCodec implements Codec<Reference> {
    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Reference value, ByteWriter out) {
        out.unsigned(value.version());
        out.list(
                value.stuckAfter().entrySet(),
                (to, limit) -> {
                    PaymentStatus.NAMES.write(to, limit.getKey());
                    writeDuration(to, limit.getValue());
                });
        writeDuration(out, value.settle());
        writeDuration(out, value.parkedFor());
    }

    @Override
    public Reference read(int version, ByteReader in) {
        return new Reference(
                in.unsigned(),
                in
                        .list(from -> Map.entry(PaymentStatus.NAMES.read(from), readDuration(from)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                readDuration(in),
                readDuration(in));
    }

    private static void writeDuration(ByteWriter out, Duration value) {
        out.signed(value.toMillis());
    }

    private static Duration readDuration(ByteReader in) {
        return Duration.ofMillis(in.signed());
    }
}
