package io.paybeacon.gateways.adyen;

import io.paybeacon.core.event.DisputeEvent.FraudWarned;
import io.paybeacon.core.event.DisputeEvent.MoneyMoved;
import io.paybeacon.core.event.DisputeEvent.Movement;
import io.paybeacon.core.event.DisputeEvent.Reported;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentFact.Disputed;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageFacts;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An item about a dispute. All items of one dispute have its reference, and the payment as the
 * original one (docs.adyen.com/risk-management/disputes-api/dispute-notifications).
 *
 * <p>What an item is called is signed; {@code disputeStatus} and {@code defensePeriodEndsAt} are
 * not. So the code decides, and the status only where the code leaves it open.
 */
final class DisputeMapping {
    private static final Pattern REASON = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,31}");

    private final AdyenItem item;
    private final Origin origin;
    private final String code;
    private final MessageFacts out;
    private final ProviderReference dispute;
    private final ProviderReference payment;

    private DisputeMapping(AdyenItem item, Origin origin, String code, MessageFacts out)
            throws MalformedMessageException {
        this.item = item;
        this.origin = origin;
        this.code = code;
        this.out = out;
        this.dispute =
                new ProviderReference(origin.gateway(), item.requiredPlainId("pspReference"));
        this.payment =
                new ProviderReference(origin.gateway(), item.requiredPlainId("originalReference"));
    }

    /** Adds what the item says: nothing where it says that it did not happen. */
    static void map(AdyenItem item, Origin origin, String code, MessageFacts out)
            throws MalformedMessageException {
        DisputeMapping mapping = new DisputeMapping(item, origin, code, out);
        out.about(mapping.payment.value());
        out.names(mapping.dispute.value());
        if (item.success()) {
            mapping.add();
        }
    }

    private void add() throws MalformedMessageException {
        DisputeStatus status = status();
        out.add(new Disputed(dispute.value(), status));
        if (status == DisputeStatus.FRAUD_WARNING) {
            out.tell(new FraudWarned(origin, dispute, payment, "", false));
            return;
        }
        out.tell(
                new Reported(
                        origin,
                        dispute,
                        payment,
                        status,
                        item.has("amount") ? item.amount() : null,
                        reason(),
                        network(),
                        respondBy()));
        Movement movement = movement();
        if (movement != null) {
            // A round of a dispute moves its money once, so the code names the movement.
            out.tell(new MoneyMoved(origin, dispute, code, movement, item.amount()));
        }
    }

    private DisputeStatus status() throws MalformedMessageException {
        return switch (code) {
            case "NOTIFICATION_OF_FRAUD" -> DisputeStatus.FRAUD_WARNING;
            case "REQUEST_FOR_INFORMATION" -> DisputeStatus.INQUIRY;
            case "NOTIFICATION_OF_CHARGEBACK", "CHARGEBACK" ->
                    statusOr(DisputeStatus.NEEDS_RESPONSE);
            case "INFORMATION_SUPPLIED" -> DisputeStatus.UNDER_REVIEW;
            case "CHARGEBACK_REVERSED", "ISSUER_RESPONSE_TIMEFRAME_EXPIRED" ->
                    statusOr(DisputeStatus.WON);
            case "SECOND_CHARGEBACK" -> DisputeStatus.LOST;
            case "DISPUTE_DEFENSE_PERIOD_ENDED" -> DisputeStatus.EXPIRED;
            case "PREARBITRATION_OPEN", "PREARBITRATION_DECLINED" -> DisputeStatus.PRE_ARBITRATION;
            // The issuer gave up: calling it "cancelled" would rank below the round before it.
            case "PREARBITRATION_WON",
                    "PREARBITRATION_ISSUER_WITHDRAWN",
                    "SCHEME_ARBITRATION_WON" ->
                    DisputeStatus.WON_FINAL;
            case "PREARBITRATION_LOST", "PREARBITRATION_ACCEPTED", "SCHEME_ARBITRATION_LOST" ->
                    DisputeStatus.LOST_FINAL;
            case "SCHEME_ARBITRATION" -> DisputeStatus.ARBITRATION;
            default -> throw item.bad("eventCode", "not a code of a dispute");
        };
    }

    /** What {@code disputeStatus} says, where it is there. */
    private DisputeStatus statusOr(DisputeStatus otherwise) {
        @Nullable String word = item.additional("disputeStatus");
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "undefended", "unresponded" -> DisputeStatus.NEEDS_RESPONSE;
            case "pending", "responded" -> DisputeStatus.UNDER_REVIEW;
            case "accepted" -> DisputeStatus.ACCEPTED;
            case "expired" -> DisputeStatus.EXPIRED;
            case "won" -> DisputeStatus.WON;
            case "lost" -> DisputeStatus.LOST;
            default -> otherwise;
        };
    }

    private @Nullable Movement movement() {
        return switch (code) {
            case "CHARGEBACK", "SECOND_CHARGEBACK" -> Movement.FUNDS_WITHDRAWN;
            case "CHARGEBACK_REVERSED" -> Movement.FUNDS_REINSTATED;
            default -> null;
        };
    }

    private String reason() {
        @Nullable String word = item.additionalData().matching("chargebackReasonCode", REASON);
        return word == null ? item.words("reason") : word;
    }

    private String network() {
        @Nullable String scheme = item.additionalData().matching("chargebackSchemeCode", SCHEME);
        return AdyenMethods.network(
                Objects.requireNonNullElse(scheme == null ? item.paymentMethod() : scheme, ""));
    }

    private @Nullable Instant respondBy() throws MalformedMessageException {
        return item.additionalData().optionalInstant("defensePeriodEndsAt");
    }
}
