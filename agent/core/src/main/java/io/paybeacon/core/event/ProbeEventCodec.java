package io.paybeacon.core.event;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.event.ProbeEvent.Cleanup;
import io.paybeacon.core.event.ProbeEvent.Connection;
import io.paybeacon.core.event.ProbeEvent.Failure;
import io.paybeacon.core.event.ProbeEvent.OrphanSettled;
import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.core.event.ProbeEvent.StepResult;
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
import java.util.Map;

/**
 * The part of {@link EventCodec} that knows the events of probes.
 *
 * <table>
 *   <caption>Tags</caption>
 *   <tr><td>60</td><td>RunCompleted</td></tr>
 *   <tr><td>61</td><td>OrphanSettled</td></tr>
 *   <tr><td>62</td><td>SlotAccounted</td></tr>
 *   <tr><td>63</td><td>WebhookSeen</td></tr>
 * </table>
 *
 * <p>Version 2 tells of each attempt its purpose and its connection, of runs whether they confirm,
 * and of slots how many. In version 1 an attempt was for the cleanup or not, each had a connection
 * of its own, no run confirmed, and there was an event a slot.
 */
final class ProbeEventCodec {
    private static final int RUN_COMPLETED = 60;
    private static final int ORPHAN_SETTLED = 61;
    private static final int SLOT_ACCOUNTED = 62;
    private static final int WEBHOOK_SEEN = 63;

    private ProbeEventCodec() {}

    static void write(ProbeEvent event, ByteWriter out) {
        switch (event) {
            case RunCompleted run -> writeRun(run, out);
            case OrphanSettled(var origin, var probe, var run) -> {
                out.unsigned(ORPHAN_SETTLED);
                origin.write(out);
                out.text(probe);
                out.text(run);
            }
            case SlotAccounted slot -> {
                out.unsigned(SLOT_ACCOUNTED);
                slot.origin().write(out);
                out.text(slot.probe());
                out.instant(slot.dueAt());
                SlotOutcome.NAMES.write(out, slot.outcome());
                out.signed(slot.lagNanos());
                out.unsigned(slot.count());
            }
            case WebhookSeen(var origin, var run, var type) -> {
                out.unsigned(WEBHOOK_SEEN);
                origin.write(out);
                out.text(run);
                out.text(type);
            }
        }
    }

    private static void writeRun(RunCompleted run, ByteWriter out) {
        out.unsigned(RUN_COMPLETED);
        run.origin().write(out);
        out.text(run.probe());
        out.text(run.run());
        out.text(run.traceId());
        out.instant(run.dueAt());
        out.instant(run.startedAt());
        out.signed(run.totalNanos());
        out.optional(
                run.failure(),
                (writer, failure) -> {
                    writer.text(failure.step());
                    ProbeReason.NAMES.write(writer, failure.reason());
                    writer.text(failure.detail());
                });
        out.list(run.steps(), ProbeEventCodec::writeStep);
        Cleanup.NAMES.write(out, run.cleanup());
        out.bool(run.confirmation());
    }

    private static void writeStep(ByteWriter out, StepResult step) {
        out.text(step.step());
        out.signed(step.attempt());
        Purpose.NAMES.write(out, step.purpose());
        Connection.NAMES.write(out, step.connection());
        out.optional(step.reason(), ProbeReason.NAMES::write);
        out.list(
                step.phases().entrySet(),
                (writer, entry) -> {
                    Phase.NAMES.write(writer, entry.getKey());
                    writer.signed(entry.getValue());
                });
        out.signed(step.totalNanos());
    }

    /**
     * Reads what follows the origin.
     *
     * @param version of {@link EventCodec} that wrote it
     * @throws CodecException if the tag is not one of a probe's event, or the bytes are no such
     *     event
     */
    static ProbeEvent read(int version, int tag, Origin origin, ByteReader in) {
        return switch (tag) {
            case RUN_COMPLETED -> readRun(version, origin, in);
            case ORPHAN_SETTLED -> new OrphanSettled(origin, in.text(), in.text());
            case SLOT_ACCOUNTED ->
                    new SlotAccounted(
                            origin,
                            in.text(),
                            in.instant(),
                            SlotOutcome.NAMES.read(in),
                            in.signed(),
                            version == 1 ? 1 : in.unsigned());
            case WEBHOOK_SEEN -> new WebhookSeen(origin, in.text(), in.text());
            default -> throw new CodecException("not the tag of an event: " + tag);
        };
    }

    private static RunCompleted readRun(int version, Origin origin, ByteReader in) {
        return new RunCompleted(
                origin,
                in.text(),
                in.text(),
                in.text(),
                in.instant(),
                in.instant(),
                in.signed(),
                in.optional(failure ->
                        new Failure(
                                failure.text(), ProbeReason.NAMES.read(failure), failure.text())),
                in.list(version == 1 ? ProbeEventCodec::readStep1 : ProbeEventCodec::readStep),
                Cleanup.NAMES.read(in),
                version > 1 && in.bool());
    }

    private static StepResult readStep(ByteReader in) {
        return new StepResult(
                in.text(),
                readAttempt(in),
                Purpose.NAMES.read(in),
                Connection.NAMES.read(in),
                in.optional(ProbeReason.NAMES::read),
                readPhases(in),
                in.signed());
    }

    private static StepResult readStep1(ByteReader in) {
        String step = in.text();
        int attempt = readAttempt(in);
        Purpose again = attempt > 1 ? Purpose.RECOVERY : Purpose.FLOW;
        Purpose purpose = in.bool() ? Purpose.CLEANUP : again;
        ProbeReason reason = in.optional(ProbeReason.NAMES::read);
        Map<Phase, Long> phases = readPhases(in);
        Connection connection = phases.isEmpty() ? Connection.NONE : Connection.COLD;
        return new StepResult(step, attempt, purpose, connection, reason, phases, in.signed());
    }

    private static Map<Phase, Long> readPhases(ByteReader in) {
        return EventCodec.readMap(in, Phase.NAMES::read, ByteReader::signed);
    }

    private static int readAttempt(ByteReader in) {
        long attempt = in.signed();
        if (attempt != (int) attempt) {
            throw new CodecException("a number of attempts larger than an int");
        }
        return (int) attempt;
    }
}
