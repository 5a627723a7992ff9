package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.api.Answer;
import io.paybeacon.sandbox.api.Tamper;
import io.paybeacon.sandbox.fault.CardFacts;
import io.paybeacon.sandbox.fault.Subject;
import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.webhook.WebhookEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The card processor without its HTTP: one operation at a time changes objects, ledger and events
 * together. Thread-safe: one lock guards everything, and no operation waits inside it.
 */
final class CardProcessor {
    private final CardBooks books;
    private final Movements movements;
    private final Authorizer authorizer;
    private final CardAftermath aftermath;
    private final Consumer<WebhookEvent> events;

    /**
     * A processor without payments.
     *
     * @param clock of everything it stamps
     * @param events receives each event after its operation took effect, outside the lock
     */
    CardProcessor(long seed, InstantSource clock, Consumer<WebhookEvent> events) {
        this.books = new CardBooks(seed, clock);
        this.movements = new Movements(books);
        this.authorizer = new Authorizer(books, movements);
        this.aftermath = new CardAftermath(books, movements);
        this.events = events;
    }

    LedgerSnapshot ledger() {
        synchronized (books) {
            return books.snapshot();
        }
    }

    String newRequestId() {
        return books.newId("req");
    }

    Answer authorise(AuthorizationRequest request, Tamper tamper) {
        return execute(x -> {
            Authorization a = authorizer.authorise(request, tamper, x);
            JsonObject body = x.render(a);
            if (a.decision() != Authorization.Decision.DECLINED) {
                return new Answer(201, body, true);
            }
            JsonObject error =
                    new JsonObject().put("code", "declined").put("message", a.response().text());
            return new Answer(402, body.put("error", error), true);
        });
    }

    Answer capture(String id, Optional<CardRequest.Amount> asked, boolean rest, Tamper tamper) {
        return execute(x -> {
            Capture capture = movements.capture(id, asked, rest, tamper, x);
            return new Answer(201, CardJson.capture(capture, books.authorization(id)), true);
        });
    }

    Answer release(String id) {
        return execute(x -> new Answer(201, x.render(movements.release(id, x)), true));
    }

    Answer refund(String captureId, Optional<CardRequest.Amount> asked, Tamper tamper) {
        return execute(x -> {
            Refund refund = movements.refund(captureId, asked, tamper, x);
            Authorization a = books.authorization(refund.authorizationId());
            return new Answer(201, CardJson.refund(refund, a), true);
        });
    }

    Answer authorization(String id) {
        return execute(x -> new Answer(200, x.render(books.authorization(id)), false));
    }

    Answer search(String reference) {
        return execute(x -> {
            JsonArray found = new JsonArray();
            books.withReference(reference).forEach(a -> found.add(x.render(a)));
            return new Answer(200, new JsonObject().put("data", found), false);
        });
    }

    Answer capture(String id) {
        return execute(x -> {
            Capture capture = books.capture(id);
            Authorization a = books.authorization(capture.authorizationId());
            return new Answer(200, CardJson.capture(capture, a), false);
        });
    }

    Answer refund(String id) {
        return execute(x -> {
            Refund refund = books.refund(id);
            Authorization a = books.authorization(refund.authorizationId());
            return new Answer(200, CardJson.refund(refund, a), false);
        });
    }

    /** Ends a challenge as a cardholder would; empty when done, else why not. */
    Optional<String> resolve(String id, boolean passed) {
        return spontaneous(x -> authorizer.resolve(id, passed, x));
    }

    /** Lets a hold run out; empty when done, else why not. */
    Optional<String> expire(String id) {
        return spontaneous(x -> movements.expire(id, x));
    }

    /** Lets something befall a payment; empty when done, else why not. */
    Optional<String> befall(String id, Aftermath what) {
        return spontaneous(x -> aftermath.befall(id, what, x));
    }

    /** What a request about that authorisation, capture or refund is about. */
    Subject subject(String id) {
        synchronized (books) {
            return books.findCapture(id)
                    .map(Capture::authorizationId)
                    .or(() -> books.findRefund(id).map(Refund::authorizationId))
                    .or(() -> Optional.of(id))
                    .flatMap(books::find)
                    .map(a -> subject(a.terms(), a.card().facts()))
                    .orElse(Subject.NONE);
        }
    }

    static Subject subject(Authorization.Terms terms, CardFacts card) {
        return new Subject(Optional.of(terms.metadata()), Optional.of(card));
    }

    private Optional<String> spontaneous(Consumer<CardExecution> step) {
        Answer answer =
                execute(x -> {
                    step.accept(x);
                    return new Answer(200, new JsonObject(), true);
                });
        return Optional.ofNullable(answer.body().getJsonObject("error"))
                .map(error -> error.getString("message"));
    }

    private Answer execute(Function<CardExecution, Answer> step) {
        CardExecution execution = new CardExecution(books);
        Answer answer;
        try {
            synchronized (books) {
                answer = step.apply(execution);
            }
        } catch (CardRefusal refusal) {
            answer = refusal.answer();
        }
        execution.events().forEach(events);
        return answer;
    }
}
