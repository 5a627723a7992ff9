package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.card.Authorization.Terms;
import java.time.YearMonth;

/** A request for an authorisation, read and found sound; the card's number is not kept. */
record AuthorizationRequest(Terms terms, TestCard card, YearMonth expiry) {
    static AuthorizationRequest read(CardRequest body) {
        body.only("amount", "reference", "card", "capture", "metadata");
        CardRequest.Amount amount = body.amount();
        Terms terms =
                new Terms(
                        amount.minor(),
                        amount.currency(),
                        body.text(
                                "reference",
                                "[\\x21-\\x7e]{1,64}",
                                "1 to 64 printable characters without spaces are needed"),
                        body.flag("capture"),
                        body.metadata());
        CardRequest card =
                body.object("card").only("number", "expiryMonth", "expiryYear", "securityCode");
        String number = card.text("number", "\\d{12,19}", "12 to 19 digits are needed");
        if (!TestCard.checks(number)) {
            throw CardRefusal.field(
                    "invalid_card_number", "card.number", "the check digit does not fit");
        }
        TestCard testCard =
                TestCard.of(number)
                        .orElseThrow(() ->
                                CardRefusal.field(
                                        "not_a_test_card",
                                        "card.number",
                                        "the sandbox takes cards of its test range only, and"
                                                + " forgets all others at once"));
        int month = card.number("expiryMonth", 1, 12);
        int year = card.number("expiryYear", 2000, 2999);
        card.text("securityCode", "\\d{3,4}", "3 or 4 digits are needed");
        return new AuthorizationRequest(terms, testCard, YearMonth.of(year, month));
    }
}
