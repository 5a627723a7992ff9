package io.paybeacon.embedded.record;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.stage.Reference;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of a reference. Durations are whole milliseconds. Layout 1 ended after {@code
 * parkedFor}, and has the defaults for the rest.
 */
public final class ReferenceCodec implements Codec<Reference> {
    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(Reference value, ByteWriter out) {
        out.unsigned(value.version());
        writeLimits(out, value.stuckAfter());
        writeDuration(out, value.settle());
        writeDuration(out, value.parkedFor());
        out.list(
                value.stuckAfterByMethod().entrySet(),
                (to, method) -> {
                    to.text(method.getKey());
                    writeLimits(to, method.getValue());
                });
        writeDuration(out, value.holdExpiryLead());
        writeDuration(out, value.orderGrace());
        writeDuration(out, value.keptFor());
    }

    @Override
    public Reference read(int version, ByteReader in) {
        long number = in.unsigned();
        Map<PaymentStatus, Duration> stuckAfter = readLimits(in);
        Duration settle = readDuration(in);
        Duration parkedFor = readDuration(in);
        if (version == 1) {
            return new Reference(number, stuckAfter, settle, parkedFor);
        }
        Map<String, Map<PaymentStatus, Duration>> byMethod = new HashMap<>();
        for (var entry : in.list(from -> Map.entry(from.text(), readLimits(from)))) {
            byMethod.put(entry.getKey(), entry.getValue());
        }
        return new Reference(
                number,
                stuckAfter,
                settle,
                parkedFor,
                byMethod,
                readDuration(in),
                readDuration(in),
                readDuration(in));
    }

    private static void writeLimits(ByteWriter out, Map<PaymentStatus, Duration> limits) {
        out.list(
                limits.entrySet(),
                (to, limit) -> {
                    PaymentStatus.NAMES.write(to, limit.getKey());
                    writeDuration(to, limit.getValue());
                });
    }

    private static Map<PaymentStatus, Duration> readLimits(ByteReader in) {
        Map<PaymentStatus, Duration> limits = new EnumMap<>(PaymentStatus.class);
        for (var entry :
                in.list(from -> Map.entry(PaymentStatus.NAMES.read(from), readDuration(from)))) {
            limits.put(entry.getKey(), entry.getValue());
        }
        return limits;
    }

    private static void writeDuration(ByteWriter out, Duration value) {
        out.signed(value.toMillis());
    }

    private static Duration readDuration(ByteReader in) {
        return Duration.ofMillis(in.signed());
    }
}
