package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.api.Answer;
import io.paybeacon.sandbox.api.Tamper;
import io.paybeacon.sandbox.fault.CardFacts;
import io.paybeacon.sandbox.fault.Subject;
import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.gateway.GatewayEnvironment;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.webhook.WebhookEvent;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The fake Adyen without its HTTP: one operation at a time changes payments, ledger and
 * notifications together. Thread-safe: one lock guards everything, and no operation waits in it.
 */
final class AdyenGateway {
    private static final int OK = 200;
    private static final int CREATED = 201;

    private final Books books;
    private final PaymentOperations payments;
    private final Modifications modifications;
    private final AdyenAftermath aftermath;
    private final Consumer<WebhookEvent> events;

    /** A gateway without payments, of one merchant account. */
    AdyenGateway(GatewayEnvironment environment, String merchantAccount) {
        this.books = new Books(new PspReferences(environment.seed()), environment.clock());
        this.payments = new PaymentOperations(books, environment.baseUrl());
        this.modifications = new Modifications(books);
        this.aftermath = new AdyenAftermath(books, merchantAccount);
        this.events = environment.events();
    }

    /** What a request asks for, read and in order. */
    sealed interface Asked {
        /** The list of payment methods. */
        record PaymentMethods() implements Asked {}

        /** A payment. */
        record Pay(PaymentRequest request) implements Asked {}

        /** What the shopper did. */
        record Details(RequestBody body) implements Asked {}

        /** A change of a payment. */
        record Modify(AdyenOperation operation, ModificationRequest request) implements Asked {}
    }

    Instant now() {
        return books.now();
    }

    String newRequestId() {
        return books.references().next();
    }

    /** Where the money is now. */
    LedgerSnapshot ledger() {
        synchronized (books) {
            return books.snapshot();
        }
    }

    /**
     * What a shopper brings back from the page to which a payment redirects.
     *
     * @return empty when that payment awaits no shopper
     */
    Optional<String> redirectResult(String pspReference, boolean passed) {
        synchronized (books) {
            return books.find(pspReference)
                    .filter(p -> p.state() == Payment.State.REDIRECT_SHOPPER)
                    .map(p -> PaymentOperations.redirectResult(pspReference, passed));
        }
    }

    /** Where the page to which a payment redirects sends the shopper back to. */
    Optional<String> returnUrl(String pspReference) {
        synchronized (books) {
            return books.find(pspReference).flatMap(p -> p.request().returnUrl());
        }
    }

    /** Lets something befall a payment; empty when done, else why not. */
    Optional<String> befall(String pspReference, Aftermath what) {
        Execution execution = new Execution(Tamper.NONE);
        try {
            synchronized (books) {
                aftermath.befall(pspReference, what, execution);
            }
        } catch (AdyenRefusal refusal) {
            return Optional.of(refusal.answer(pspReference).body().getString("message", "refused"));
        }
        execution.notifications().forEach(events);
        return Optional.empty();
    }

    /** What a request is about, for faults. */
    Subject subject(Asked asked) {
        return switch (asked) {
            case Asked.PaymentMethods() -> Subject.NONE;
            case Asked.Pay(PaymentRequest request) -> subject(request);
            case Asked.Details details -> Subject.NONE;
            case Asked.Modify(AdyenOperation operation, ModificationRequest request) -> {
                synchronized (books) {
                    yield payment(request).map(p -> subject(p.request())).orElse(Subject.NONE);
                }
            }
        };
    }

    private Optional<Payment> payment(ModificationRequest request) {
        return switch (request.target()) {
            case ModificationRequest.Target.ByPsp(String psp) -> books.find(psp);
            case ModificationRequest.Target.ByReference(String reference) ->
                    books.findByReference(reference);
        };
    }

    private static Subject subject(PaymentRequest request) {
        CardFacts card = request.card().facts();
        return new Subject(Optional.of(request.metadata()), Optional.of(card));
    }

    /**
     * Carries one request out; its notifications go out when it is done.
     *
     * @param pspReference of the request, for refusals
     */
    Answer execute(Asked asked, String pspReference, Tamper tamper) {
        Execution execution = new Execution(tamper);
        Answer answer = attempt(asked, pspReference, execution);
        execution.notifications().forEach(events);
        String shown = answer.body().getString("pspReference", pspReference);
        return answer.withHeader("pspReference", shown);
    }

    private Answer attempt(Asked asked, String pspReference, Execution execution) {
        try {
            synchronized (books) {
                JsonObject body = run(asked, execution);
                return new Answer(asked instanceof Asked.Modify ? CREATED : OK, body, true);
            }
        } catch (AdyenRefusal refusal) {
            return refusal.answer(pspReference);
        }
    }

    private JsonObject run(Asked asked, Execution execution) {
        return switch (asked) {
            case Asked.PaymentMethods() -> AdyenJson.paymentMethods();
            case Asked.Pay(PaymentRequest request) -> payments.create(request, execution);
            case Asked.Details(RequestBody body) -> payments.details(body, execution);
            case Asked.Modify(AdyenOperation operation, ModificationRequest request) ->
                    modify(operation, request, execution);
        };
    }

    private JsonObject modify(
            AdyenOperation operation, ModificationRequest request, Execution execution) {
        return switch (operation) {
            case CAPTURES -> modifications.capture(request, execution);
            case CANCELS -> modifications.cancel(request, execution);
            case REFUNDS -> modifications.refund(request, execution);
            case REVERSALS -> modifications.reverse(request, execution);
            case TECHNICAL_CANCELS -> modifications.cancelByReference(request, execution);
            case PAYMENT_METHODS, PAYMENTS, PAYMENTS_DETAILS ->
                    throw new IllegalArgumentException("no modification: " + operation);
        };
    }
}
