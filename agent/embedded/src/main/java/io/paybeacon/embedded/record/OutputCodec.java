package io.paybeacon.embedded.record;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.output.FindingCodec;
import io.paybeacon.core.output.Handling;
import io.paybeacon.core.output.Notification;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.FindingHandled;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Measurement;
import io.paybeacon.core.output.Output.Notify;
import io.paybeacon.core.output.Resolution;

/** The bytes of outputs that are to be delivered. */
final class OutputCodec implements Codec<Output> {
    private static final int OPENED = 1;
    private static final int UPDATED = 2;
    private static final int RESOLVED = 3;
    private static final int HANDLED = 4;
    private static final int NOTIFY = 5;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Output value, ByteWriter out) {
        switch (value) {
            case FindingOpened opened -> {
                out.unsigned(OPENED);
                FindingCodec.write(out, opened.finding());
            }
            case FindingUpdated updated -> {
                out.unsigned(UPDATED);
                FindingCodec.write(out, updated.finding());
            }
            case FindingResolved resolved -> {
                out.unsigned(RESOLVED);
                out.text(resolved.id());
                out.instant(resolved.resolvedAt());
                Resolution.NAMES.write(out, resolved.resolution());
            }
            case FindingHandled handled -> {
                out.unsigned(HANDLED);
                out.text(handled.id());
                handled.handling().write(out);
            }
            case Notify notify -> {
                out.unsigned(NOTIFY);
                notify.notification().write(out);
            }
            case Forward _, Measurement _ ->
                    throw new IllegalArgumentException("never delivered: " + value);
        }
    }

    @Override
    public Output read(int version, ByteReader in) {
        int kind = in.unsignedInt();
        return switch (kind) {
            case OPENED -> new FindingOpened(FindingCodec.read(in));
            case UPDATED -> new FindingUpdated(FindingCodec.read(in));
            case RESOLVED ->
                    new FindingResolved(in.text(), in.instant(), Resolution.NAMES.read(in));
            case HANDLED -> new FindingHandled(in.text(), Handling.read(in));
            case NOTIFY -> new Notify(Notification.read(in));
            default -> throw new CodecException("not a kind of output: " + kind);
        };
    }
}
