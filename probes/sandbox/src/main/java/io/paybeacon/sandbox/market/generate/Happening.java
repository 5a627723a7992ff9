package io.paybeacon.sandbox.market.generate;

import io.paybeacon.sandbox.market.generate.Course.Authentication;
import java.util.List;

/**
 * One thing that happens. Amounts are minor units of the currency beside them; a {@code payment} is
 * named {@code gateway:reference}; other names are unique in a simulation.
 */
public sealed interface Happening {
    /** The gateway account that tells of it; empty when the platform itself does. */
    String gateway();

    /** What the platform itself tells. */
    sealed interface OfPlatform extends Happening {
        @Override
        default String gateway() {
            return "";
        }
    }

    /** What a gateway tells of one payment. */
    sealed interface OfPayment extends Happening {
        /** {@code gateway:reference}. */
        String payment();

        @Override
        default String gateway() {
            return payment().substring(0, payment().indexOf(':'));
        }
    }

    /** A customer ordered. */
    record OrderPlaced(
            String order, String customer, long amountMinor, String currency, List<OrderLine> lines)
            implements OfPlatform {
        public OrderPlaced {
            lines = List.copyOf(lines);
        }
    }

    /** The platform asked a gateway and got no usable answer. */
    record CallFailed(String order, String asked, String payment) implements OfPlatform {}

    /** A payment was made for an order. */
    record PaymentCreated(
            String payment, String order, long amountMinor, String currency, Payer payer)
            implements OfPayment {}

    /** The cardholder has to act. */
    record ActionRequired(String payment) implements OfPayment {}

    /** The cardholder is who he says. */
    record Authenticated(String payment, Authentication how) implements OfPayment {}

    /** The gateway or the bank has it and has not answered. */
    record PaymentPending(String payment) implements OfPayment {}

    /** The amount is held. */
    record Authorised(String payment, long amountMinor, String currency) implements OfPayment {}

    /** The attempt failed. */
    record Declined(String payment, DeclineReason reason) implements OfPayment {}

    /**
     * Money moved.
     *
     * @param last whether no other capture follows
     */
    record Captured(
            String payment, String operation, long amountMinor, String currency, boolean last)
            implements OfPayment {}

    /** Money that had moved turned out not to have. */
    record CaptureUndone(String payment, String operation, long amountMinor, String currency)
            implements OfPayment {}

    /** The hold was given free. */
    record Voided(String payment, long amountMinor, String currency) implements OfPayment {}

    /** The hold ran out. */
    record Expired(String payment, long amountMinor, String currency) implements OfPayment {}

    /** A refund was accepted. */
    record RefundCreated(String payment, String refund, long amountMinor, String currency)
            implements OfPayment {}

    /** A refund reached the customer, or failed. */
    record RefundEnded(
            String payment, String refund, long amountMinor, String currency, boolean succeeded)
            implements OfPayment {}

    /** The network warns of fraud; no money moved. */
    record FraudWarned(String payment, String warning, long amountMinor, String currency)
            implements OfPayment {}

    /**
     * The cardholder disputes.
     *
     * @param dueMillis until when it can be answered, epoch milliseconds
     */
    record DisputeOpened(
            String payment,
            String dispute,
            long amountMinor,
            String currency,
            String reason,
            long dueMillis)
            implements OfPayment {}

    /** The dispute is decided. */
    record DisputeClosed(
            String payment, String dispute, long amountMinor, String currency, boolean won)
            implements OfPayment {}

    /** The gateway keeps this much of a movement. */
    record FeeCharged(String payment, String operation, long amountMinor, String currency)
            implements OfPayment {}

    /**
     * A movement in a settlement report; negative amounts leave the account.
     *
     * @param batch of the report
     * @param operation the capture, refund or dispute
     */
    record SettlementLine(
            String gateway,
            String batch,
            String payment,
            String operation,
            long grossMinor,
            long feeMinor,
            String currency)
            implements Happening {}

    /**
     * Money is on its way to the bank.
     *
     * @param arrivesMillis when it should be there, epoch milliseconds
     */
    record PayoutSent(
            String gateway,
            String payout,
            String batch,
            long amountMinor,
            String currency,
            long arrivesMillis)
            implements Happening {}

    /** It is there, or came back. */
    record PayoutEnded(
            String gateway, String payout, long amountMinor, String currency, boolean paid)
            implements Happening {}

    /** A vendor got a share of an order. */
    record TransferMade(
            String transfer, String order, String vendor, long amountMinor, String currency)
            implements OfPlatform {}

    /** A vendor's share was taken back, for the order was refunded. */
    record TransferReversed(
            String transfer, String order, String vendor, long amountMinor, String currency)
            implements OfPlatform {}

    /** A customer complained. */
    record Complained(String complaint, String order, String customer, String topic)
            implements OfPlatform {}

    /** A customer rated a vendor, from 1 to 5 stars. */
    record Rated(String rating, String order, String customer, String vendor, int stars)
            implements OfPlatform {}
}
