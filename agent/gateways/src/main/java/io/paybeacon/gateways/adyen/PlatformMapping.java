package io.paybeacon.gateways.adyen;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PayoutEvent;
import io.paybeacon.core.event.PayoutStatus;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.SettlementEvent.ReportAvailable;
import io.paybeacon.core.event.TransferEvent;
import io.paybeacon.core.event.TransferStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Whole;
import io.paybeacon.gateways.message.Envelope;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageFacts;
import io.paybeacon.gateways.message.MessageObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A message of Adyen's platforms ({@code balancePlatform.…}), which is one object. */
final class PlatformMapping {
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.]{1,128}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private PlatformMapping() {}

    /** Whether the root is that of such a message. */
    static boolean isPlatform(Fields root) {
        return root.text("type") != null && root.fields("data") != null;
    }

    /**
     * What it says. Its retries are the same bytes, so the hash of them is its id.
     *
     * @param receivedAt where it names no time, by the agent's clock
     */
    static List<Event> map(String gateway, Fields root, byte[] body, Instant receivedAt) {
        Instant at = Envelope.instant(root.get("timestamp"));
        String word = Objects.requireNonNull(root.text("type"));
        boolean readable = TYPE.matcher(word).matches();
        String type = readable ? word : "unknown";
        Origin origin =
                new Origin(
                        gateway,
                        Envelope.idOfBody(body),
                        Objects.requireNonNullElse(at, receivedAt));
        MessageObject data = new MessageObject(Objects.requireNonNull(root.fields("data")), "data");
        MessageFacts out = new MessageFacts();
        try {
            if (!readable) {
                throw new MalformedMessageException(
                        MalformedReason.BAD_VALUE, "type: not as documented");
            }
            switch (type) {
                case "balancePlatform.transfer.created", "balancePlatform.transfer.updated" ->
                        transfer(origin, data, out);
                case "balancePlatform.report.created" -> report(origin, data, out);
                default -> {
                    return List.of(new Skipped(origin, type, AdyenEventCodes.skipReason(type)));
                }
            }
        } catch (MalformedMessageException e) {
            return List.of(new Malformed(origin, type, e.reason(), e.detail()));
        }
        List<Event> events = new ArrayList<>(out.events(origin, type));
        if (!data.leftOut().isEmpty()) {
            String detail =
                    data.leftOut().getFirst() + ": not as documented; left out, the rest holds";
            events.add(new Malformed(origin, type, MalformedReason.BAD_VALUE, detail));
        }
        return List.copyOf(events);
    }

    private static void report(Origin origin, MessageObject data, MessageFacts out)
            throws MalformedMessageException {
        String name = data.matching("fileName", PayoutMapping.REPORT);
        if (name == null) {
            throw data.missing("fileName");
        }
        String kind = data.matching("reportType", WORD);
        out.tell(new ReportAvailable(origin, name, Objects.requireNonNullElse(kind, "")));
    }

    /**
     * A transfer to a bank is a payout, one that comes in from another balance account or from a
     * payment is a transfer. What goes out to another account is the other side of one that comes
     * in, and would count it twice.
     */
    private static void transfer(Origin origin, MessageObject data, MessageFacts out)
            throws MalformedMessageException {
        ProviderReference id = new ProviderReference(origin.gateway(), data.requiredPlainId("id"));
        String status = Objects.requireNonNullElse(data.matching("status", WORD), "");
        String category = Objects.requireNonNullElse(data.text("category"), "");
        boolean outgoing = "outgoing".equals(data.text("direction"));
        MessageObject holder = data.child("accountHolder");
        String vendor = holder == null ? "" : holder.words("reference");
        vendor = vendor.isEmpty() && holder != null ? holder.words("id") : vendor;
        if (category.equals("bank") && outgoing) {
            MessageObject tracking = data.child("tracking");
            PayoutStatus payout = payoutStatus(status, tracking);
            if (payout != null) {
                out.tell(
                        new PayoutEvent.Reported(
                                origin,
                                id,
                                vendor,
                                payout,
                                amount(data),
                                arrivesOn(tracking),
                                payout == PayoutStatus.FAILED ? data.words("reason") : "",
                                ""));
            }
        } else if ((category.equals("internal") || category.equals("platformPayment"))
                && !outgoing) {
            TransferStatus booked = transferStatus(status);
            if (booked != null) {
                MessageObject details = data.child("categoryData");
                String source = details == null ? null : details.plainId("pspPaymentReference");
                String order =
                        details == null
                                ? null
                                : details.merchantReference("paymentMerchantReference");
                out.tell(
                        new TransferEvent.Reported(
                                origin,
                                id,
                                vendor,
                                booked,
                                amount(data),
                                Objects.requireNonNullElse(source, ""),
                                Objects.requireNonNullElse(order, "")));
            }
        }
    }

    private static @Nullable LocalDate arrivesOn(@Nullable MessageObject tracking)
            throws MalformedMessageException {
        Instant arrives =
                tracking == null ? null : tracking.optionalInstant("estimatedArrivalTime");
        return arrives == null ? null : LocalDate.ofInstant(arrives, ZoneOffset.UTC);
    }

    /** Adyen has over seventy words; what is none of these says nothing of a payout. */
    private static @Nullable PayoutStatus payoutStatus(
            String status, @Nullable MessageObject tracking) {
        return switch (status) {
            case "received", "authorised", "pendingApproval" -> PayoutStatus.CREATED;
            case "booked" ->
                    tracking != null && "credited".equals(tracking.text("status"))
                            ? PayoutStatus.PAID
                            : PayoutStatus.IN_TRANSIT;
            case "failed", "refused", "error" -> PayoutStatus.FAILED;
            case "returned" -> PayoutStatus.RETURNED;
            case "cancelled" -> PayoutStatus.CANCELLED;
            default -> null;
        };
    }

    private static @Nullable TransferStatus transferStatus(String status) {
        return switch (status) {
            case "received", "authorised", "pendingApproval" -> TransferStatus.PENDING;
            case "booked", "captured" -> TransferStatus.BOOKED;
            case "failed", "refused", "error", "cancelled" -> TransferStatus.FAILED;
            case "returned" -> TransferStatus.REVERSED;
            default -> null;
        };
    }

    private static Money amount(MessageObject data) throws MalformedMessageException {
        MessageObject amount = data.requiredChild("amount");
        String currency = amount.text("currency");
        if (currency == null) {
            throw amount.missing("currency");
        }
        if (!(amount.value("value") instanceof Whole(long value))) {
            throw amount.bad("value", "not a whole number");
        }
        return AdyenItem.UNITS.money(value, currency, "data.amount.value");
    }
}
