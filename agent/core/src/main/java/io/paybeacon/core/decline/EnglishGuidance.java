package io.paybeacon.core.decline;

import io.paybeacon.core.decline.GuidanceTexts.Text;
import io.paybeacon.core.event.DeclineCause;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What is said of refusals in English. */
final class EnglishGuidance {
    static final Map<DeclineCause, Text> TEXTS;

    /** Fraud, lost cards and compliance: who asks must not learn the reason. */
    private static final String NEUTRAL =
            "This payment could not be accepted. Please use another way to pay.";

    static {
        Map<DeclineCause, Text> texts = new EnumMap<>(DeclineCause.class);
        addDetails(texts);
        addRefusals(texts);
        addConsent(texts);
        addTechnical(texts);
        TEXTS = Collections.unmodifiableMap(texts);
    }

    private EnglishGuidance() {}

    private static void addDetails(Map<DeclineCause, Text> texts) {
        texts.put(
                DeclineCause.INSUFFICIENT_FUNDS,
                new Text(
                        "There is not enough money on this card or account. Top it up and try "
                                + "again, or use another card.",
                        "The bank said that funds are short. A later try may pass, best after a "
                                + "payday; count it against the limits of the network."));
        texts.put(
                DeclineCause.LIMIT_EXCEEDED,
                new Text(
                        "The limit of this card is reached. Ask your bank to raise it, or use "
                                + "another card.",
                        "The card is over its own number or sum of payments. The bank can lift "
                                + "it; smaller amounts may pass."));
        texts.put(
                DeclineCause.EXPIRED_CARD,
                new Text(
                        "Please check the expiry date of the card, or use a card that is still "
                                + "valid.",
                        "Expired, or the date was mistyped. Ask for the date again; a stored "
                                + "card needs an update."));
        texts.put(
                DeclineCause.INVALID_NUMBER,
                new Text(
                        "Please check the card number and enter it again.",
                        "No such number: mistyped. Never ask for the number by phone, chat or "
                                + "mail."));
        texts.put(
                DeclineCause.INVALID_CVC,
                new Text(
                        "The security code does not match. Please enter it again: three digits "
                                + "on the back of the card, four on the front of American Express.",
                        "Wrong security code. Many in a row from one place are card testing: "
                                + "look at the findings."));
        texts.put(
                DeclineCause.ADDRESS_MISMATCH,
                new Text(
                        "The billing address is not the one that your bank has. Please check "
                                + "street number and postcode.",
                        "The address check failed. Compare postcode and street number with the "
                                + "statement of the bank."));
        texts.put(
                DeclineCause.AUTHENTICATION_REQUIRED,
                new Text(
                        "Your bank asks you to confirm this payment. Please start it again and "
                                + "confirm it in your banking app.",
                        "A soft decline: the bank wants 3-D Secure. Send a new link, so that the "
                                + "customer can confirm."));
    }

    private static void addRefusals(Map<DeclineCause, Text> texts) {
        texts.put(
                DeclineCause.AUTHENTICATION_FAILED,
                new Text(
                        "The payment was not confirmed at your bank. Please try again and "
                                + "confirm it, or use another card.",
                        "The customer did not confirm, or failed to. Many at once point to the "
                                + "3-D Secure service: look at the findings."));
        texts.put(
                DeclineCause.AUTHENTICATION_UNAVAILABLE,
                new Text(
                        "Confirming payments does not work at the moment. You have not been "
                                + "charged. Please try again in some minutes.",
                        "The 3-D Secure service of bank or network did not work. Look for an "
                                + "incident; another method helps now."));
        texts.put(
                DeclineCause.DO_NOT_HONOR,
                new Text(
                        "Your bank declined the payment and gave no reason. Please call your "
                                + "bank, or use another card.",
                        "No reason given. One or two later tries at most; only the bank can say "
                                + "why."));
        texts.put(
                DeclineCause.SUSPECTED_FRAUD,
                new Text(
                        NEUTRAL,
                        "Bank, network or gateway suspect fraud. Do not tell the customer, do "
                                + "not try again; hand it to risk."));
        texts.put(
                DeclineCause.LOST_OR_STOLEN,
                new Text(
                        NEUTRAL,
                        "The card is reported lost or stolen, or blocked. Do not tell who is "
                                + "calling, do not try again; hand it to risk."));
        texts.put(
                DeclineCause.CARD_RESTRICTED,
                new Text(
                        "This card cannot be used for this purchase. Please use another card or "
                                + "another way to pay.",
                        "The card is not for this use: its kind, country or shop category. The "
                                + "same card will not pass."));
    }

    private static void addConsent(Map<DeclineCause, Text> texts) {
        texts.put(
                DeclineCause.ACCOUNT_CLOSED,
                new Text(
                        "The account behind this card is not active any more. Please use another "
                                + "card, or ask your bank for the new one.",
                        "Closed, replaced or never there. Where the account updater has a new "
                                + "card, use it; else ask for another."));
        texts.put(
                DeclineCause.REVOKED,
                new Text(
                        "You told your bank to stop these payments. To go on, please confirm a "
                                + "new payment.",
                        "The customer withdrew the mandate. Trying again brings a dispute: ask "
                                + "for a new consent first."));
        texts.put(
                DeclineCause.NOT_PERMITTED,
                new Text(
                        "Your bank has not enabled this card for payments online or abroad. "
                                + "Please ask your bank, or use another card.",
                        "The bank does not permit this kind of payment with the card. The "
                                + "customer can often enable it in the banking app."));
        texts.put(
                DeclineCause.CURRENCY_NOT_SUPPORTED,
                new Text(
                        "This card cannot pay in this currency. Please choose another currency "
                                + "or another card.",
                        "The card cannot pay in the currency of the order. Offer another "
                                + "currency or method."));
        texts.put(
                DeclineCause.INVALID_AMOUNT,
                new Text(
                        "Something is wrong on our side, not on yours. You have not been "
                                + "charged; we are looking at it.",
                        "The amount is one that gateway or network do not take: zero, too large, "
                                + "or of a wrong unit. A defect of the integration: hand it to "
                                + "engineering."));
        texts.put(
                DeclineCause.INVALID_REQUEST,
                new Text(
                        "Something went wrong on our side. You have not been charged; we are "
                                + "looking into it.",
                        "The gateway did not understand the request: configuration, key or "
                                + "parameter. Hand it to engineering."));
        texts.put(
                DeclineCause.DUPLICATE,
                new Text(
                        "We have this payment already. Please wait a moment before you try "
                                + "again; we are checking it.",
                        "Taken for a repeat of a payment made a moment ago. Find the first one "
                                + "before anything else: the customer may have paid."));
    }

    private static void addTechnical(Map<DeclineCause, Text> texts) {
        texts.put(
                DeclineCause.ISSUER_UNAVAILABLE,
                new Text(
                        "Your bank cannot be reached at the moment. You have not been charged. "
                                + "Please try again shortly.",
                        "The bank did not answer. Passes later mostly; look whether it is one "
                                + "bank or many."));
        texts.put(
                DeclineCause.PROCESSOR_ERROR,
                new Text(
                        "A technical problem stopped the payment. You have not been charged. "
                                + "Please try again in some minutes.",
                        "Gateway, acquirer or network broke. Look for an incident; another "
                                + "gateway or method helps now."));
        texts.put(
                DeclineCause.COMPLIANCE,
                new Text(
                        NEUTRAL,
                        "Refused for a rule of law or security. Do not tell the reason, do not "
                                + "try again; hand it to risk."));
        texts.put(
                DeclineCause.CANCELLED_BY_CUSTOMER,
                new Text(
                        "You cancelled the payment. You have not been charged; start it again "
                                + "whenever you like.",
                        "The customer called it off. A new link helps who did it by mistake."));
        texts.put(
                DeclineCause.EXCESSIVE_RETRIES,
                new Text(
                        "This card was tried too often. Please wait 24 hours, or use another way "
                                + "to pay.",
                        "The gateway blocks the card after too many tries. It opens after a day; "
                                + "a further try before costs fees."));
        texts.put(
                DeclineCause.INVALID_PIN,
                new Text(
                        "The PIN was wrong. Please enter it again, or use another card.",
                        "Wrong PIN, or one is needed that was not asked for."));
        texts.put(
                DeclineCause.PIN_BLOCKED,
                new Text(
                        "The PIN of this card is blocked after too many tries. Please ask your "
                                + "bank to unblock it, or use another card.",
                        "Too many wrong PINs. Only the bank can unblock it."));
        texts.put(
                DeclineCause.UNKNOWN,
                new Text(
                        "The payment did not go through. You have not been charged. Please use "
                                + "another card or another way to pay.",
                        "The gateway gave no reason that is known here; its own code is in the "
                                + "finding."));
    }
}
