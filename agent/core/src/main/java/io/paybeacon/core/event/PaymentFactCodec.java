package io.paybeacon.core.event;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.event.PaymentFact.Authenticated;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.CaptureUndone;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Disputed;
import io.paybeacon.core.event.PaymentFact.HoldExpires;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;

/**
 * The bytes of a {@link PaymentFact} inside an event or a state.
 *
 * <p>A fact is its tag, then the components of the record in their order; enums are written by
 * their label. Tags are never given to another record:
 *
 * <table>
 *   <caption>Tags</caption>
 *   <tr><td>1</td><td>StatusReported</td><td>attempt, status</td></tr>
 *   <tr><td>2</td><td>Declined</td><td>attempt, cause, code, advice</td></tr>
 *   <tr><td>3</td><td>Requested</td><td>amount</td></tr>
 *   <tr><td>4</td><td>Authorised</td><td>operation, amount</td></tr>
 *   <tr><td>5</td><td>Captured</td><td>operation, amount</td></tr>
 *   <tr><td>6</td><td>CaptureUndone</td><td>operation, amount</td></tr>
 *   <tr><td>7</td><td>Refunded</td><td>refund, amount, status</td></tr>
 *   <tr><td>8</td><td>Described</td><td>property, value</td></tr>
 *   <tr><td>9</td><td>Authenticated</td><td>attempt, outcome</td></tr>
 *   <tr><td>10</td><td>HoldExpires</td><td>operation, at</td></tr>
 *   <tr><td>11</td><td>Disputed</td><td>dispute, status</td></tr>
 * </table>
 *
 * <p>Version 1 had tags 1 to 8, and told of a refusal its class in place of cause and advice: it
 * is read as the cause that says no more than the class.
 *
 * <p>A fact does not carry its version: the codec around it knows which layout of facts each of
 * its own versions holds. Stateless and safe for use by many threads.
 */
public final class PaymentFactCodec {
    /** The layout that {@link #write} writes. */
    public static final int VERSION = 2;

    private static final int STATUS_REPORTED = 1;
    private static final int DECLINED = 2;
    private static final int REQUESTED = 3;
    private static final int AUTHORISED = 4;
    private static final int CAPTURED = 5;
    private static final int CAPTURE_UNDONE = 6;
    private static final int REFUNDED = 7;
    private static final int DESCRIBED = 8;
    private static final int AUTHENTICATED = 9;
    private static final int HOLD_EXPIRES = 10;
    private static final int DISPUTED = 11;

    private PaymentFactCodec() {}

    /** Writes a fact in the layout of {@link #VERSION}. */
    public static void write(ByteWriter out, PaymentFact fact) {
        switch (fact) {
            case StatusReported(var attempt, var status) -> {
                out.unsigned(STATUS_REPORTED);
                out.text(attempt);
                PaymentStatus.NAMES.write(out, status);
            }
            case Declined(var attempt, var cause, var code, var advice) -> {
                out.unsigned(DECLINED);
                out.text(attempt);
                DeclineCause.NAMES.write(out, cause);
                out.text(code);
                out.text(advice);
            }
            case Requested(var amount) -> {
                out.unsigned(REQUESTED);
                out.money(amount);
            }
            case Authorised(var operation, var amount) -> {
                out.unsigned(AUTHORISED);
                out.text(operation);
                out.money(amount);
            }
            case Captured(var operation, var amount) -> {
                out.unsigned(CAPTURED);
                out.text(operation);
                out.money(amount);
            }
            case CaptureUndone(var operation, var amount) -> {
                out.unsigned(CAPTURE_UNDONE);
                out.text(operation);
                out.money(amount);
            }
            case Refunded(var refund, var amount, var status) -> {
                out.unsigned(REFUNDED);
                out.text(refund);
                out.money(amount);
                RefundStatus.NAMES.write(out, status);
            }
            case Described(var property, var value) -> {
                out.unsigned(DESCRIBED);
                Property.NAMES.write(out, property);
                out.text(value);
            }
            case Authenticated authenticated -> writeAuthenticated(out, authenticated);
            case HoldExpires(var operation, var at) -> {
                out.unsigned(HOLD_EXPIRES);
                out.text(operation);
                out.instant(at);
            }
            case Disputed disputed -> writeDisputed(out, disputed);
        }
    }

    private static void writeAuthenticated(ByteWriter out, Authenticated fact) {
        out.unsigned(AUTHENTICATED);
        out.text(fact.attempt());
        AuthenticationOutcome.NAMES.write(out, fact.outcome());
    }

    private static void writeDisputed(ByteWriter out, Disputed fact) {
        out.unsigned(DISPUTED);
        out.text(fact.dispute());
        DisputeStatus.NAMES.write(out, fact.status());
    }

    /**
     * Reads a fact that {@code version} wrote.
     *
     * @param version from 1 to {@link #VERSION}
     * @throws CodecException if the bytes are not such a fact, or of a later version
     */
    public static PaymentFact read(int version, ByteReader in) {
        if (version < 1 || version > VERSION) {
            throw new CodecException(
                    "a fact of version " + version + ", but this build reads 1 to " + VERSION);
        }
        int tag = in.unsignedInt();
        return switch (tag) {
            case STATUS_REPORTED -> new StatusReported(in.text(), PaymentStatus.NAMES.read(in));
            case DECLINED -> readDeclined(version, in);
            case REQUESTED -> new Requested(in.money());
            case AUTHORISED -> new Authorised(in.text(), in.money());
            case CAPTURED -> new Captured(in.text(), in.money());
            case CAPTURE_UNDONE -> new CaptureUndone(in.text(), in.money());
            case REFUNDED -> new Refunded(in.text(), in.money(), RefundStatus.NAMES.read(in));
            case DESCRIBED -> new Described(Property.NAMES.read(in), in.text());
            case AUTHENTICATED ->
                    new Authenticated(in.text(), AuthenticationOutcome.NAMES.read(in));
            case HOLD_EXPIRES -> new HoldExpires(in.text(), in.instant());
            case DISPUTED -> new Disputed(in.text(), DisputeStatus.NAMES.read(in));
            default -> throw new CodecException("not the tag of a fact: " + tag);
        };
    }

    private static PaymentFact readDeclined(int version, ByteReader in) {
        String attempt = in.text();
        if (version == 1) {
            return new Declined(attempt, causeOf(DeclineClass.NAMES.read(in)), in.text());
        }
        return new Declined(attempt, DeclineCause.NAMES.read(in), in.text(), in.text());
    }

    /** What bytes that know only the class of a refusal are read as. */
    public static DeclineCause causeOf(DeclineClass declineClass) {
        return switch (declineClass) {
            case BUSINESS -> DeclineCause.DO_NOT_HONOR;
            case TECHNICAL -> DeclineCause.PROCESSOR_ERROR;
            case UNKNOWN -> DeclineCause.UNKNOWN;
        };
    }
}
