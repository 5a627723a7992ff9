package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.fault.CardFacts;
import io.paybeacon.sandbox.fault.Subject;
import io.paybeacon.sandbox.paypal.Card.Authentication;
import io.paybeacon.sandbox.paypal.Order.Intent;
import io.paybeacon.sandbox.paypal.Order.Source;
import io.paybeacon.sandbox.paypal.Order.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What can be done to an order (developer.paypal.com/docs/api/orders/v2). Confined to the lock of
 * {@link PayPalGateway}. The request is read before anything changes.
 */
final class OrderOperations {
    private static final int REFERENCE_CHARS_MAX = 127;

    private final Books books;
    private final Settlement settlement;
    private final Announcer announcer;
    private final PayPalJson json;

    OrderOperations(Books books, Settlement settlement, Announcer announcer, PayPalJson json) {
        this.books = books;
        this.settlement = settlement;
        this.announcer = announcer;
        this.json = json;
    }

    /** Creates an order; with a card it is authorised or captured in the same step. */
    Order create(RequestBody body, boolean hasRequestId, Execution execution) {
        Intent intent = Intent.valueOf(body.requiredWord("intent", "AUTHORIZE", "CAPTURE"));
        PurchaseUnit unit = unit(body);
        Optional<Source> source = source(body, hasRequestId);
        source.ifPresent(s -> checkInvoice(unit, Optional.empty()));
        Instant now = books.now();
        Order order =
                new Order(books.ids().object(), now, now, intent, Status.CREATED, unit, source);
        books.put(order);
        if (source.isEmpty()) {
            return order;
        }
        return needsPayer(order) ? wait(order) : settle(order, execution);
    }

    /** Authorises or captures an approved order, or one for which the request brings a card. */
    Order process(
            String id, Intent wanted, RequestBody body, boolean hasRequestId, Execution execution) {
        Order order = books.order(id);
        Optional<Source> given = source(body, hasRequestId);
        checkIntent(order, wanted);
        boolean again = execution.tamper().again();
        if (order.status() == Status.COMPLETED && !again) {
            throw done(wanted);
        }
        if (order.status() == Status.PAYER_ACTION_REQUIRED && given.isEmpty()) {
            throw payerAction(order);
        }
        if (order.status() == Status.CREATED && given.isEmpty()) {
            throw PayPalRefusal.unprocessable(
                    "ORDER_NOT_APPROVED",
                    "Payer has not yet approved the Order for payment. Please redirect the payer"
                            + " to the 'rel':'approve' url returned as part of the HATEOAS links"
                            + " within the Create Order call or provide a valid payment_source in"
                            + " the request.");
        }
        checkInvoice(order.unit(), Optional.of(order.id()));
        Order paid = given.map(s -> order.paidWith(s, books.now())).orElse(order);
        if (given.isPresent() && needsPayer(paid)) {
            throw payerAction(wait(paid));
        }
        return settle(paid, execution);
    }

    private Order settle(Order order, Execution execution) {
        if (order.card().isEmpty() && execution.tamper().declineCode().isPresent()) {
            throw PayPalRefusal.unprocessable(
                            "INSTRUMENT_DECLINED",
                            "The instrument presented was either declined by the processor or"
                                    + " bank, or it can't be used for this payment.")
                    .with(json.payerAction(order));
        }
        return switch (order.intent()) {
            case AUTHORIZE -> settlement.authorize(order, execution);
            case CAPTURE -> settlement.capture(order, execution);
        };
    }

    private Order wait(Order order) {
        Order waiting = order.with(Status.PAYER_ACTION_REQUIRED, books.now());
        books.put(waiting);
        return waiting;
    }

    private static boolean needsPayer(Order order) {
        return order.card().map(c -> c.authentication().outstanding()).orElse(true);
    }

    /**
     * The payer approves the order in the wallet, or passes 3-D Secure, or does not.
     *
     * @throws PayPalRefusal when the order waits for nobody
     */
    void answer(String id, boolean passed, Execution execution) {
        Order order = books.order(id);
        Instant now = books.now();
        if (order.status() != Status.CREATED && order.status() != Status.PAYER_ACTION_REQUIRED) {
            throw PayPalRefusal.unprocessable(
                    "ORDER_ALREADY_APPROVED",
                    "The order waits for no payer: its status is " + order.status() + ".");
        }
        Source source =
                order.card()
                        .<Source>map(card ->
                                new Source.OfCard(
                                        card.with(
                                                passed
                                                        ? Authentication.PASSED
                                                        : Authentication.FAILED)))
                        .orElseGet(Source.Wallet::new);
        Order answered = order.paidWith(source, now);
        Order next = passed ? answered.with(Status.APPROVED, now) : answered;
        books.put(next);
        if (passed) {
            announcer.approved(next, execution);
        }
    }

    /** What a request to create an order is about; nothing, when it is wrong in itself. */
    Subject subject(RequestBody body) {
        try {
            return new Subject(Optional.of(unit(body).metadata()), cardFacts(body));
        } catch (PayPalRefusal refusal) {
            return Subject.NONE;
        }
    }

    /** What a request on an order is about; a card in the request comes before the order's. */
    Subject subject(Order order, RequestBody body) {
        Optional<CardFacts> known = order.card().map(Card::facts);
        try {
            return new Subject(
                    Optional.of(order.unit().metadata()), cardFacts(body).or(() -> known));
        } catch (PayPalRefusal refusal) {
            return new Subject(Optional.of(order.unit().metadata()), known);
        }
    }

    private Optional<CardFacts> cardFacts(RequestBody body) {
        return body.object("payment_source")
                .flatMap(s -> s.object("card"))
                .map(c -> CardReader.read(c, books.now()).facts());
    }

    private static PurchaseUnit unit(RequestBody body) {
        List<RequestBody> units = body.objects("purchase_units");
        if (units.isEmpty()) {
            throw PayPalRefusal.invalid(
                    Issue.at(
                            body.pointer("purchase_units"),
                            "INVALID_ARRAY_MIN_ITEMS",
                            "The number of items in an array parameter is too small."));
        }
        if (units.size() > 1) {
            throw PayPalRefusal.unprocessable(
                    Issue.at(
                            body.pointer("purchase_units"),
                            "MSP_NOT_SUPPORTED",
                            "Multiple purchase units are not supported for this operation."));
        }
        RequestBody unit = units.getFirst();
        return new PurchaseUnit(
                unit.text("reference_id", 256).orElse("default"),
                unit.requiredObject("amount").money(),
                unit.text("custom_id", REFERENCE_CHARS_MAX),
                unit.text("invoice_id", REFERENCE_CHARS_MAX),
                unit.text("description", REFERENCE_CHARS_MAX),
                unit.text("soft_descriptor", 22));
    }

    private Optional<Source> source(RequestBody body, boolean hasRequestId) {
        Optional<RequestBody> source = body.object("payment_source");
        if (source.isEmpty()) {
            return Optional.empty();
        }
        if (!hasRequestId) {
            throw PayPalRefusal.invalid(
                    Issue.of(
                            "PAYPAL_REQUEST_ID_REQUIRED",
                            "A PayPal-Request-Id is required if you are trying to process payment"
                                    + " for an Order. Please specify a PayPal-Request-Id or Create"
                                    + " the Order without a 'payment_source' specified."));
        }
        Optional<RequestBody> card = source.get().object("card");
        if (card.isPresent()) {
            return Optional.of(new Source.OfCard(CardReader.read(card.get(), books.now())));
        }
        if (source.get().object("paypal").isPresent()) {
            return Optional.of(new Source.Wallet());
        }
        throw PayPalRefusal.invalid(
                Issue.at(
                        body.pointer("payment_source"),
                        "NOT_SUPPORTED",
                        "A field used is not currently supported."));
    }

    private void checkInvoice(PurchaseUnit unit, Optional<String> orderId) {
        Optional<String> payer = unit.invoiceId().flatMap(books::payerOf);
        if (payer.isPresent() && !payer.equals(orderId)) {
            throw PayPalRefusal.unprocessable(
                    "DUPLICATE_INVOICE_ID",
                    "Duplicate Invoice ID detected. To avoid a potential duplicate transaction"
                            + " your account setting requires that Invoice Id be unique for each"
                            + " transaction.");
        }
    }

    private static void checkIntent(Order order, Intent wanted) {
        if (order.intent() != wanted) {
            String path = order.intent() == Intent.AUTHORIZE ? "authorize" : "capture";
            throw PayPalRefusal.unprocessable(
                    "ACTION_DOES_NOT_MATCH_INTENT",
                    "Order was created with an intent to '"
                            + order.intent()
                            + "'. Please use v2/checkout/orders/order_id/"
                            + path
                            + " to complete the transaction or alternately create an order with"
                            + " an intent of '"
                            + wanted
                            + "'.");
        }
    }

    private static PayPalRefusal done(Intent intent) {
        return switch (intent) {
            case AUTHORIZE ->
                    PayPalRefusal.unprocessable(
                            "ORDER_ALREADY_AUTHORIZED",
                            "Order already authorized.If 'intent=AUTHORIZE' only one authorization"
                                    + " per order is allowed.");
            case CAPTURE ->
                    PayPalRefusal.unprocessable(
                            "ORDER_ALREADY_CAPTURED",
                            "Order already captured.If 'intent=CAPTURE' only one capture per order"
                                    + " is allowed.");
        };
    }

    private PayPalRefusal payerAction(Order order) {
        return PayPalRefusal.unprocessable(
                        "PAYER_ACTION_REQUIRED",
                        "Transaction cannot complete successfully, instruct the buyer to return to"
                                + " PayPal.")
                .with(json.payerAction(order));
    }
}
