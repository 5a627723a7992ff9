package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.fault.FaultVocabulary;
import io.paybeacon.sandbox.fault.Operation;
import java.util.Arrays;
import java.util.List;

/** What can be asked of the fake Adyen. */
enum AdyenOperation implements Operation {
    PAYMENT_METHODS("payment_methods.list", Money.NONE),
    PAYMENTS("payments.create", Money.ASKED_OF_ISSUER),
    PAYMENTS_DETAILS("payments.details", Money.ASKED_OF_ISSUER),
    CAPTURES("captures.create", Money.BOOKED),
    CANCELS("cancels.create", Money.NONE),
    REFUNDS("refunds.create", Money.BOOKED),
    REVERSALS("reversals.create", Money.NONE),
    /** The cancel of a payment by the merchant's own reference. */
    TECHNICAL_CANCELS("technical_cancels.create", Money.NONE);

    /** What its faults can name. */
    static final FaultVocabulary VOCABULARY =
            new FaultVocabulary(
                    List.of(values()),
                    Arrays.stream(AdyenNotification.EventCode.values()).map(Enum::name).toList(),
                    Refusal.codes(),
                    Refusal.NOT_ENOUGH_BALANCE.code());

    private final String wireName;
    private final Money money;

    AdyenOperation(String wireName, Money money) {
        this.wireName = wireName;
        this.money = money;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    @Override
    public Money money() {
        return money;
    }
}
