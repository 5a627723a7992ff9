package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.api.Answer;
import io.paybeacon.sandbox.api.Tamper;
import io.paybeacon.sandbox.fault.Subject;
import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.stripe.PaymentIntent.Attached;
import io.paybeacon.sandbox.webhook.WebhookEvent;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The fake gateway without its HTTP: one operation at a time changes objects, ledger and events
 * together. Thread-safe: one lock guards everything, and no operation waits inside it.
 */
public final class StripeGateway {
    private final Books books;
    private final PaymentOperations payments;
    private final RefundOperations refunds;
    private final Queries queries;
    private final StripeAftermath aftermath;
    private final Consumer<WebhookEvent> events;

    /**
     * An empty gateway.
     *
     * @param seed of the object ids
     * @param clock of {@code created} and the like
     * @param events receives each event after its operation took effect, outside the lock
     */
    public StripeGateway(long seed, InstantSource clock, Consumer<WebhookEvent> events) {
        this.books = new Books(new ObjectIds(seed), clock);
        this.payments = new PaymentOperations(books);
        this.refunds = new RefundOperations(books);
        this.queries = new Queries(books);
        this.aftermath = new StripeAftermath(books, payments);
        this.events = events;
    }

    /** Where the money is now. */
    public LedgerSnapshot ledger() {
        synchronized (books) {
            return books.snapshot();
        }
    }

    /**
     * Ends a challenge ({@code requires_action}) or processing, as a cardholder or a bank would.
     *
     * @return empty when done, else why not
     */
    public Optional<String> resolve(String paymentIntentId, boolean passed) {
        return spontaneous(x -> payments.resolve(paymentIntentId, passed, x));
    }

    /**
     * Lets an uncaptured hold run out.
     *
     * @return empty when done, else why not
     */
    public Optional<String> expire(String paymentIntentId) {
        return spontaneous(x -> payments.expire(paymentIntentId, x));
    }

    /**
     * Lets something befall a payment, or the account.
     *
     * @return empty when done, else why not
     */
    public Optional<String> befall(String paymentIntentId, Aftermath what) {
        return spontaneous(x -> aftermath.befall(paymentIntentId, what, x));
    }

    private Optional<String> spontaneous(Consumer<Execution> step) {
        Execution execution = Execution.spontaneous();
        try {
            synchronized (books) {
                step.accept(execution);
            }
        } catch (StripeRefusal refusal) {
            return Optional.ofNullable(refusal.getMessage());
        }
        execution.events().forEach(events);
        return Optional.empty();
    }

    String newRequestId() {
        return books.ids().request();
    }

    /** What a request is about. Of a card, Stripe tells network and country, but no issuer. */
    Subject subject(StripeOperation operation, Optional<String> id, Form form) {
        Optional<TestCard> named = form.text("payment_method").flatMap(TestCard::of);
        if (operation == StripeOperation.PAYMENT_INTENTS_CREATE) {
            return new Subject(Optional.of(form.metadata()), named.map(TestCard::facts));
        }
        Optional<PaymentIntent> intent = intentOf(operation, id, form);
        return new Subject(
                intent.map(i -> i.terms().metadata()),
                named.or(() -> intent.flatMap(i -> i.progress().method()).map(Attached::card))
                        .map(TestCard::facts));
    }

    private Optional<PaymentIntent> intentOf(
            StripeOperation operation, Optional<String> id, Form form) {
        synchronized (books) {
            Optional<String> intentId =
                    switch (operation) {
                        case REFUNDS_CREATE ->
                                form.text("payment_intent")
                                        .or(() ->
                                                form.text("charge").flatMap(this::intentOfCharge));
                        case REFUNDS_LIST -> form.text("payment_intent");
                        case REFUNDS_RETRIEVE ->
                                id.flatMap(books::findRefund).map(Refund::paymentIntentId);
                        case CHARGES_RETRIEVE -> id.flatMap(this::intentOfCharge);
                        default -> id;
                    };
            return intentId.flatMap(books::findIntent);
        }
    }

    private Optional<String> intentOfCharge(String chargeId) {
        return books.findCharge(chargeId).map(Charge::paymentIntentId);
    }

    /** Executes one operation; its events go out when it is done. */
    Answer execute(
            StripeOperation operation,
            Optional<String> id,
            Form form,
            String requestId,
            Optional<String> idempotencyKey,
            Tamper tamper) {
        Execution execution = new Execution(Optional.of(requestId), idempotencyKey, tamper);
        Answer answer;
        try {
            synchronized (books) {
                answer = new Answer(200, run(operation, id.orElse(""), form, execution), true);
            }
        } catch (StripeRefusal refusal) {
            answer = refusal.answer(requestId);
        }
        List<StripeEvent> caused = execution.events();
        caused.forEach(events);
        return answer;
    }

    private JsonObject run(StripeOperation operation, String id, Form form, Execution execution) {
        return switch (operation) {
            case PAYMENT_INTENTS_CREATE -> payments.create(form, execution);
            case PAYMENT_INTENTS_CONFIRM -> payments.confirm(id, form, execution);
            case PAYMENT_INTENTS_CAPTURE -> payments.capture(id, form, execution);
            case PAYMENT_INTENTS_CANCEL -> payments.cancel(id, form, execution);
            case PAYMENT_INTENTS_RETRIEVE -> queries.intent(id, form);
            case PAYMENT_INTENTS_LIST -> queries.intents(form);
            case PAYMENT_INTENTS_SEARCH -> queries.search(form);
            case REFUNDS_CREATE -> refunds.create(form, execution);
            case REFUNDS_RETRIEVE -> queries.refund(id, form);
            case REFUNDS_LIST -> queries.refunds(form);
            case CHARGES_RETRIEVE -> queries.charge(id, form);
            case BALANCE_RETRIEVE -> queries.balance(form);
        };
    }
}
