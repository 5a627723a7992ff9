package io.paybeacon.gateways.card;

import io.paybeacon.core.event.DisputeEvent.FraudWarned;
import io.paybeacon.core.event.DisputeEvent.MoneyMoved;
import io.paybeacon.core.event.DisputeEvent.Movement;
import io.paybeacon.core.event.DisputeEvent.Reported;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.FeeEvent.Charged;
import io.paybeacon.core.event.FeeKind;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentFact.Disputed;
import io.paybeacon.core.event.PayoutEvent;
import io.paybeacon.core.event.PayoutStatus;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.SettlementEvent.ReportAvailable;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageFacts;
import io.paybeacon.gateways.message.MessageObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The data of an event about a dispute, a payout, a fee or a report. */
final class ReportMapping {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final Pattern REPORT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,254}");

    private final Origin origin;
    private final MessageObject data;
    private final MessageFacts out;

    private ReportMapping(Origin origin, MessageObject data, MessageFacts out) {
        this.origin = origin;
        this.data = data;
        this.out = out;
    }

    /** Adds what the data say. */
    static void map(CardEventType type, Origin origin, MessageObject data, MessageFacts out)
            throws MalformedMessageException {
        ReportMapping mapping = new ReportMapping(origin, data, out);
        switch (type) {
            case DISPUTE -> mapping.dispute();
            case DISPUTE_MONEY -> mapping.money();
            case FRAUD_WARNING -> mapping.warning();
            case PAYOUT -> mapping.payout();
            case FEE -> mapping.fee();
            case REPORT -> mapping.report();
            case APPROVED,
                    DECLINED,
                    CHALLENGED,
                    VOIDED,
                    EXPIRED,
                    CAPTURED,
                    CAPTURE_FAILED,
                    CAPTURE_REVERSED,
                    REFUNDED,
                    REFUND_PENDING,
                    REFUND_FAILED ->
                    DataMapping.map(type, data, out);
        }
    }

    private void dispute() throws MalformedMessageException {
        String id = data.requiredPlainId("id");
        String authorization = data.plainId("authorization");
        DisputeStatus status = data.word("status", DisputeStatus.NAMES);
        if (authorization != null) {
            out.about(authorization);
            out.add(new Disputed(id, status));
            out.names(id);
        }
        out.tell(
                new Reported(
                        origin,
                        reference(id),
                        authorization == null ? null : reference(authorization),
                        status,
                        data.has("amount") ? DataMapping.amount(data) : null,
                        word("reason"),
                        word("network"),
                        data.optionalInstant("respondBy")));
    }

    private void money() throws MalformedMessageException {
        out.tell(
                new MoneyMoved(
                        origin,
                        reference(data.requiredPlainId("id")),
                        data.requiredPlainId("operation"),
                        data.word("movement", Movement.NAMES),
                        DataMapping.amount(data)));
    }

    private void warning() throws MalformedMessageException {
        String id = data.requiredPlainId("id");
        String authorization = data.requiredPlainId("authorization");
        out.about(authorization);
        out.names(id);
        out.add(new Disputed(id, DisputeStatus.FRAUD_WARNING));
        out.tell(
                new FraudWarned(
                        origin,
                        reference(id),
                        reference(authorization),
                        word("reason"),
                        data.isTrue("actionable")));
    }

    private void payout() throws MalformedMessageException {
        Instant arrives = data.optionalInstant("arrivesAt");
        @Nullable LocalDate day =
                arrives == null ? null : LocalDate.ofInstant(arrives, ZoneOffset.UTC);
        out.tell(
                new PayoutEvent.Reported(
                        origin,
                        reference(data.requiredPlainId("id")),
                        data.words("vendor"),
                        data.word("status", PayoutStatus.NAMES),
                        DataMapping.amount(data),
                        day,
                        word("reason"),
                        word("traceId")));
    }

    private void fee() throws MalformedMessageException {
        out.tell(
                new Charged(
                        origin,
                        reference(data.requiredPlainId("authorization")),
                        data.requiredPlainId("id"),
                        data.word("kind", FeeKind.NAMES),
                        DataMapping.amount(data),
                        null));
    }

    private void report() throws MalformedMessageException {
        String name = data.matching("id", REPORT);
        if (name == null) {
            throw data.missing("id");
        }
        out.tell(new ReportAvailable(origin, name, word("kind")));
    }

    private String word(String name) {
        return Objects.requireNonNullElse(data.matching(name, WORD), "");
    }

    private ProviderReference reference(String value) {
        return new ProviderReference(origin.gateway(), value);
    }
}
