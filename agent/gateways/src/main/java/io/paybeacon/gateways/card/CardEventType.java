package io.paybeacon.gateways.card;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types of events, each with what it says; any other is skipped as unknown. */
enum CardEventType {
    APPROVED("authorization.approved"),
    DECLINED("authorization.declined"),
    CHALLENGED("authorization.challenge_required"),
    VOIDED("authorization.voided"),
    EXPIRED("authorization.expired"),
    CAPTURED("capture.completed"),
    CAPTURE_FAILED("capture.failed"),
    REFUNDED("refund.completed"),
    CAPTURE_REVERSED("capture.reversed"),
    REFUND_PENDING("refund.pending"),
    REFUND_FAILED("refund.failed"),
    DISPUTE("dispute.reported"),
    DISPUTE_MONEY("dispute.money_moved"),
    FRAUD_WARNING("fraud.warned"),
    PAYOUT("payout.reported"),
    FEE("fee.charged"),
    REPORT("report.available");

    private static final Map<String, CardEventType> BY_NAME =
            Arrays.stream(values())
                    .collect(
                            Collectors.toUnmodifiableMap(CardEventType::wire, Function.identity()));

    private final String wire;

    CardEventType(String wire) {
        this.wire = wire;
    }

    /** As it is sent. */
    String wire() {
        return wire;
    }

    /** All of them, as they are sent. */
    static Map<String, CardEventType> byName() {
        return BY_NAME;
    }
}
