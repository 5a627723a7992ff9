package io.paybeacon.core.probe;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.ProbeEvent.Failure;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.core.probe.ProbeState.Confirmation;
import io.paybeacon.core.probe.ProbeState.LastRun;

/**
 * Layout 2: the components of {@link ProbeState} in order. Layout 1 ends before the confirmation.
 */
enum ProbeStateCodec implements Codec<ProbeState> {
    INSTANCE;

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(ProbeState value, ByteWriter out) {
        out.text(value.gateway());
        out.text(value.probe());
        out.list(value.recent(), ByteWriter::text);
        out.optional(value.last(), ProbeStateCodec::writeRun);
        out.optional(value.lastPassedAt(), ByteWriter::instant);
        out.unsigned(value.failuresInARow());
        out.list(value.orphans(), ByteWriter::text);
        out.list(value.settledBefore(), ByteWriter::text);
        out.optional(
                value.confirmation(),
                (w, confirmation) -> {
                    w.text(confirmation.run());
                    w.instant(confirmation.startedAt());
                    w.bool(confirmation.failed());
                });
    }

    @Override
    public ProbeState read(int version, ByteReader in) {
        return new ProbeState(
                in.text(),
                in.text(),
                in.list(ByteReader::text),
                in.optional(ProbeStateCodec::readRun),
                in.optional(ByteReader::instant),
                in.unsigned(),
                in.list(ByteReader::text),
                in.list(ByteReader::text),
                version == 1 ? null : in.optional(ProbeStateCodec::readConfirmation));
    }

    private static void writeRun(ByteWriter out, LastRun run) {
        out.text(run.run());
        out.text(run.traceId());
        out.instant(run.startedAt());
        out.signed(run.totalNanos());
        out.optional(
                run.failure(),
                (w, failure) -> {
                    w.text(failure.step());
                    ProbeReason.NAMES.write(w, failure.reason());
                    w.text(failure.detail());
                });
    }

    private static Confirmation readConfirmation(ByteReader in) {
        return new Confirmation(in.text(), in.instant(), in.bool());
    }

    private static LastRun readRun(ByteReader in) {
        return new LastRun(
                in.text(),
                in.text(),
                in.instant(),
                in.signed(),
                in.optional(r -> new Failure(r.text(), ProbeReason.NAMES.read(r), r.text())));
    }
}
