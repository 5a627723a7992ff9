package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.api.Tamper;
import io.paybeacon.sandbox.card.Authorization.Amounts;
import io.paybeacon.sandbox.card.Authorization.Decision;
import io.paybeacon.sandbox.card.Authorization.Terms;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Stands for the network and the issuers: decides about authorisations. Confined to the lock of
 * {@link CardProcessor}.
 */
final class Authorizer {
    /** An amount of 9,900.RR is declined with response code RR, whatever the card. */
    private static final long DECLINING_AMOUNT_MINOR = 990_000;

    private final CardBooks books;
    private final Movements movements;

    Authorizer(CardBooks books, Movements movements) {
        this.books = books;
        this.movements = movements;
    }

    Authorization authorise(AuthorizationRequest request, Tamper tamper, CardExecution execution) {
        Terms asked = request.terms();
        Terms booked =
                new Terms(
                        tamper.booked(asked.amountMinor()),
                        asked.currency(),
                        asked.reference(),
                        asked.capture(),
                        asked.metadata());
        Authorization fresh =
                new Authorization(
                        books.newId("auth"),
                        books.now(),
                        booked,
                        request.card(),
                        "NR" + books.newCode(12),
                        Decision.CHALLENGED,
                        ResponseCode.AUTHENTICATION_REQUIRED,
                        Optional.empty(),
                        Amounts.NONE);
        Optional<ResponseCode> declined = declined(request, tamper);
        if (declined.isPresent()) {
            return decline(fresh, declined.get(), execution);
        }
        return switch (request.card().behaviour()) {
            case TestCard.Behaviour.Approve() -> approve(fresh, execution);
            case TestCard.Behaviour.Decline(ResponseCode code) -> decline(fresh, code, execution);
            case TestCard.Behaviour.Challenge(var afterwards) -> {
                books.put(fresh);
                execution.emit(CardEvent.CHALLENGE_REQUIRED, fresh);
                yield fresh;
            }
        };
    }

    private Optional<ResponseCode> declined(AuthorizationRequest request, Tamper tamper) {
        if (tamper.declineCode().isPresent()) {
            return tamper.declineCode().map(ResponseCode::new);
        }
        if (request.expiry().isBefore(YearMonth.from(books.now().atOffset(ZoneOffset.UTC)))) {
            return Optional.of(ResponseCode.EXPIRED_CARD);
        }
        long tail = request.terms().amountMinor() - DECLINING_AMOUNT_MINOR;
        return tail < 1 || tail > 99
                ? Optional.empty()
                : Optional.of(new ResponseCode("%02d".formatted(tail))).filter(ResponseCode::known);
    }

    /** The cardholder came back from the challenge. */
    void resolve(String id, boolean passed, CardExecution execution) {
        Authorization waiting = books.authorization(id);
        if (waiting.decision() != Decision.CHALLENGED) {
            throw CardRefusal.state("nothing to resolve: it is " + waiting.status());
        }
        Optional<ResponseCode> afterwards =
                waiting.card().behaviour()
                                instanceof TestCard.Behaviour.Challenge(Optional<ResponseCode> code)
                        ? code
                        : Optional.empty();
        Optional<ResponseCode> failure =
                passed ? afterwards : Optional.of(ResponseCode.DO_NOT_HONOUR);
        if (failure.isPresent()) {
            decline(waiting, failure.get(), execution);
        } else {
            approve(waiting, execution);
        }
    }

    private Authorization approve(Authorization fresh, CardExecution execution) {
        Terms terms = fresh.terms();
        Authorization approved =
                fresh.decided(
                                Decision.APPROVED,
                                ResponseCode.APPROVED,
                                Optional.of(books.newCode(6)))
                        .with(new Amounts(terms.amountMinor(), 0, 0, 0));
        books.put(approved);
        books.ledger().authorise(approved.id(), terms.currency(), terms.amountMinor());
        execution.emit(CardEvent.APPROVED, approved);
        if (terms.capture()) {
            movements.take(approved, terms.amountMinor(), terms.amountMinor(), 0, execution);
        }
        return books.authorization(approved.id());
    }

    private Authorization decline(Authorization fresh, ResponseCode code, CardExecution execution) {
        Authorization declined = fresh.decided(Decision.DECLINED, code, Optional.empty());
        books.put(declined);
        execution.emit(CardEvent.DECLINED, declined);
        return declined;
    }
}
