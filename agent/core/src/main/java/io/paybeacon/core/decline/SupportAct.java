package io.paybeacon.core.decline;

import io.paybeacon.core.codec.Named;

/** What payments support may do about a refused payment. Paybeacon proposes and never does it. */
public enum SupportAct {
    /** Ask for another card or another way to pay. */
    OFFER_OTHER_METHOD("offer_other_method"),
    /** Ask the customer to enter the details again, without taking them down. */
    ASK_TO_REENTER("ask_to_reenter"),
    /** Ask the customer to talk to the bank. */
    REFER_TO_BANK("refer_to_bank"),
    /** Send a new link to pay, so that the customer can confirm. */
    SEND_PAYMENT_LINK("send_payment_link"),
    /** Have the payment tried again, within the limits. */
    RETRY_LATER("retry_later"),
    /** Look for the payment that was made a moment ago, before anything else. */
    LOOK_FOR_FIRST_PAYMENT("look_for_first_payment"),
    /** Wait, and tell the customer until when. */
    WAIT("wait"),
    /** Hand it to the people who run the integration. */
    ESCALATE_TO_ENGINEERING("escalate_to_engineering"),
    /** Hand it to risk; tell the customer nothing of the reason. */
    ESCALATE_TO_RISK("escalate_to_risk"),
    /** Look whether it is part of a wider incident. */
    CHECK_INCIDENTS("check_incidents");

    /** All of them by label. */
    public static final Named<SupportAct> NAMES = Named.of(SupportAct.class, SupportAct::label);

    private final String label;

    SupportAct(String label) {
        this.label = label;
    }

    /** The word in the API. */
    public String label() {
        return label;
    }
}
