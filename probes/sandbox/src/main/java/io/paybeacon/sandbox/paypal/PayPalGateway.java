package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.api.Answer;
import io.paybeacon.sandbox.api.Tamper;
import io.paybeacon.sandbox.fault.Subject;
import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.paypal.Order.Intent;
import io.paybeacon.sandbox.webhook.WebhookEvent;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The fake gateway without its HTTP: one operation at a time changes objects, ledger and events
 * together. Thread-safe: one lock guards everything, and no operation waits inside it.
 */
final class PayPalGateway {
    private final Books books;
    private final PayPalJson json;
    private final OrderOperations orders;
    private final PaymentOperations payments;
    private final PayPalAftermath aftermath;
    private final Consumer<WebhookEvent> events;

    /**
     * An empty gateway.
     *
     * @param clock of everything it stamps
     * @param signer of its events
     * @param events receives each event after its operation took effect, outside the lock
     * @param baseUrl its address, for links; asked for when the first operation runs
     */
    PayPalGateway(
            ObjectIds ids,
            InstantSource clock,
            TransmissionSigner signer,
            Consumer<WebhookEvent> events,
            Supplier<String> baseUrl) {
        this.books = new Books(ids, clock);
        this.json = new PayPalJson(books, baseUrl);
        Announcer announcer = new Announcer(books, json, signer);
        Settlement settlement = new Settlement(books, announcer);
        this.orders = new OrderOperations(books, settlement, announcer, json);
        this.payments = new PaymentOperations(books, settlement);
        this.aftermath = new PayPalAftermath(books, settlement, json, announcer);
        this.events = events;
    }

    /** What a request asks for, beside its path. */
    record Call(
            PayPalOperation operation,
            String id,
            RequestBody body,
            boolean hasRequestId,
            boolean wholeAnswer,
            String debugId) {}

    /** Where the money is now. */
    LedgerSnapshot ledger() {
        synchronized (books) {
            return books.snapshot();
        }
    }

    /**
     * What the payer does in the browser: approve the order in the wallet, pass 3-D Secure or not.
     *
     * @return empty when done, else why not
     */
    Optional<String> payerAnswers(String orderId, boolean passed) {
        return spontaneous(x -> orders.answer(orderId, passed, x));
    }

    /**
     * Lets an authorisation run out.
     *
     * @return empty when done, else why not
     */
    Optional<String> expire(String authorizationId) {
        return spontaneous(x -> payments.cancel(authorizationId, x));
    }

    /** Lets something befall a payment; empty when done, else why not. */
    Optional<String> befall(String orderId, Aftermath what) {
        return spontaneous(x -> aftermath.befall(orderId, what, x));
    }

    private Optional<String> spontaneous(Consumer<Execution> step) {
        Execution execution = Execution.spontaneous();
        try {
            synchronized (books) {
                step.accept(execution);
            }
        } catch (PayPalRefusal refusal) {
            return Optional.of(refusal.reason());
        }
        execution.events().forEach(events);
        return Optional.empty();
    }

    /** What a request is about, for choosing faults by it. */
    Subject subject(PayPalOperation operation, String id, RequestBody body) {
        if (operation == PayPalOperation.ORDERS_CREATE) {
            return orders.subject(body);
        }
        synchronized (books) {
            Optional<Order> order =
                    switch (operation) {
                        case OAUTH2_TOKEN, ORDERS_CREATE -> Optional.empty();
                        case ORDERS_GET, ORDERS_AUTHORIZE, ORDERS_CAPTURE -> books.findOrder(id);
                        case AUTHORIZATIONS_GET,
                                AUTHORIZATIONS_CAPTURE,
                                AUTHORIZATIONS_VOID,
                                AUTHORIZATIONS_REAUTHORIZE ->
                                books.findAuthorization(id)
                                        .flatMap(a -> books.findOrder(a.orderId()));
                        case CAPTURES_GET, CAPTURES_REFUND ->
                                books.findCapture(id).flatMap(c -> books.findOrder(c.orderId()));
                        case REFUNDS_GET ->
                                books.findRefund(id).flatMap(r -> books.findOrder(r.orderId()));
                    };
            return order.map(o -> orders.subject(o, body)).orElse(Subject.NONE);
        }
    }

    /** Executes one operation; its events go out when it is done. */
    Answer execute(Call call, Tamper tamper) {
        Execution execution = new Execution(tamper);
        Answer answer;
        try {
            synchronized (books) {
                answer = run(call, execution);
            }
        } catch (PayPalRefusal refusal) {
            answer = refusal.answer(call.debugId());
        }
        execution.events().forEach(events);
        return answer;
    }

    /**
     * The answer to a request that was done before under the same id: the object as it is now
     * (developer.paypal.com/api/rest/reference/idempotency), with 200 instead of 201.
     */
    Answer again(Call call, Answer stored) {
        String id = stored.status() == 204 ? call.id() : stored.body().getString("id", "");
        synchronized (books) {
            Optional<JsonObject> now =
                    switch (call.operation()) {
                        case ORDERS_CREATE, ORDERS_AUTHORIZE, ORDERS_CAPTURE ->
                                books.findOrder(id).map(o -> json.order(o, call.wholeAnswer()));
                        case AUTHORIZATIONS_CAPTURE ->
                                books.findCapture(id).map(json::capture).map(j -> form(call, j));
                        case CAPTURES_REFUND ->
                                books.findRefund(id).map(json::refund).map(j -> form(call, j));
                        case AUTHORIZATIONS_VOID ->
                                books.findAuthorization(id)
                                        .filter(a -> call.wholeAnswer())
                                        .map(json::authorization);
                        case OAUTH2_TOKEN,
                                ORDERS_GET,
                                AUTHORIZATIONS_GET,
                                AUTHORIZATIONS_REAUTHORIZE,
                                CAPTURES_GET,
                                REFUNDS_GET ->
                                Optional.empty();
                    };
            return now.map(body -> new Answer(200, body, true)).orElse(stored);
        }
    }

    private Answer run(Call call, Execution execution) {
        String id = call.id();
        RequestBody body = call.body();
        boolean hasRequestId = call.hasRequestId();
        return switch (call.operation()) {
            case OAUTH2_TOKEN -> throw new IllegalArgumentException("a token is no payment");
            case ORDERS_CREATE ->
                    created(call, orders.create(body, hasRequestId, execution), execution);
            case ORDERS_AUTHORIZE ->
                    created(
                            call,
                            orders.process(id, Intent.AUTHORIZE, body, hasRequestId, execution),
                            execution);
            case ORDERS_CAPTURE ->
                    created(
                            call,
                            orders.process(id, Intent.CAPTURE, body, hasRequestId, execution),
                            execution);
            case ORDERS_GET -> ok(200, json.order(books.order(id), true));
            case AUTHORIZATIONS_GET -> ok(200, json.authorization(books.authorization(id)));
            case AUTHORIZATIONS_CAPTURE -> {
                Capture capture = payments.capture(id, body, execution);
                yield ok(201, form(call, json.capture(capture)));
            }
            case AUTHORIZATIONS_VOID -> {
                Authorization voided = payments.cancel(id, execution);
                yield call.wholeAnswer()
                        ? ok(200, json.authorization(voided))
                        : ok(204, new JsonObject());
            }
            case AUTHORIZATIONS_REAUTHORIZE -> throw payments.reauthorize(id);
            case CAPTURES_GET -> ok(200, json.capture(books.capture(id)));
            case CAPTURES_REFUND ->
                    ok(201, form(call, json.refund(payments.refund(id, body, execution))));
            case REFUNDS_GET -> ok(200, json.refund(books.refund(id)));
        };
    }

    /**
     * A payer who has to act makes the answer 200, as the real gateway does. An order that was
     * charged twice shows the new charge first: that is what this request has made.
     */
    private Answer created(Call call, Order order, Execution execution) {
        int status = order.status() == Order.Status.PAYER_ACTION_REQUIRED ? 200 : 201;
        boolean newestFirst = execution.tamper().again();
        return ok(status, json.order(order, call.wholeAnswer(), newestFirst));
    }

    private static JsonObject form(Call call, JsonObject whole) {
        return call.wholeAnswer() ? whole : PayPalJson.minimal(whole);
    }

    private static Answer ok(int status, JsonObject body) {
        return new Answer(status, body, true);
    }
}
