package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.stripe.PaymentIntent.Attached;
import io.paybeacon.sandbox.stripe.PaymentIntent.Cancellation;
import io.paybeacon.sandbox.stripe.PaymentIntent.CaptureMethod;
import io.paybeacon.sandbox.stripe.PaymentIntent.Progress;
import io.paybeacon.sandbox.stripe.PaymentIntent.Status;
import io.paybeacon.sandbox.stripe.PaymentIntent.Terms;
import io.paybeacon.sandbox.stripe.TestCard.Behaviour;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What can be done to a payment intent (docs.stripe.com/api/payment_intents). Confined to the lock
 * of {@link StripeGateway}. Parameters are read before anything changes.
 */
final class PaymentOperations {
    private static final String UNEXPECTED_STATE = "payment_intent_unexpected_state";
    private static final Set<String> CREATE_PARAMETERS =
            Set.of(
                    "amount",
                    "currency",
                    "payment_method",
                    "capture_method",
                    "confirm",
                    "off_session",
                    "description",
                    "customer",
                    "return_url",
                    "metadata",
                    "expand");

    private final Books books;
    private final Settlement settlement;

    PaymentOperations(Books books) {
        this.books = books;
        this.settlement = new Settlement(books);
    }

    JsonObject create(Form form, Execution execution) {
        form.allowOnly(CREATE_PARAMETERS);
        StripeCurrency currency = currency(form.requiredText("currency"));
        long amount = amount(form, currency);
        CaptureMethod captureMethod =
                form.word("capture_method", "automatic", "automatic_async", "manual")
                        .map(w -> CaptureMethod.valueOf(w.toUpperCase(Locale.ROOT)))
                        .orElse(CaptureMethod.AUTOMATIC_ASYNC);
        Terms terms =
                new Terms(
                        execution.tamper().booked(amount),
                        currency,
                        captureMethod,
                        form.text("description"),
                        form.text("customer"),
                        form.text("return_url"),
                        form.metadata());
        boolean confirm = form.flag("confirm");
        boolean offSession = offSession(form, confirm);
        boolean expand = form.expandsLatestCharge();
        Optional<Attached> method = method(form);
        if (confirm && method.isEmpty()) {
            throw missingMethod(Optional.empty());
        }
        String id = books.ids().object("pi");
        PaymentIntent intent =
                new PaymentIntent(
                        id,
                        books.ids().secret(id),
                        books.nowSeconds(),
                        terms,
                        Progress.initial(method));
        books.put(intent);
        execution.emit(books, "payment_intent.created", intent);
        if (confirm) {
            long booked = terms.amountMinor();
            intent = attempt(intent, method.orElseThrow(), offSession, booked, execution);
        }
        return settlement.render(intent, expand);
    }

    JsonObject confirm(String id, Form form, Execution execution) {
        form.allowOnly(Set.of("payment_method", "off_session", "return_url", "expand"));
        PaymentIntent intent = books.intent(id).returningTo(form.text("return_url"));
        boolean offSession = form.flag("off_session");
        boolean expand = form.expandsLatestCharge();
        Optional<Attached> method = method(form).or(() -> intent.progress().method());
        if (!intent.status().confirmable() && !execution.tamper().again()) {
            throw unexpected(
                    intent,
                    intent.status() == Status.SUCCEEDED
                            ? "You cannot confirm this PaymentIntent because it has already"
                                    + " succeeded after being previously confirmed."
                            : "You cannot confirm this PaymentIntent because it has a status of "
                                    + intent.status().wireName()
                                    + ". Only a PaymentIntent with one of the following statuses"
                                    + " may be confirmed: requires_confirmation,"
                                    + " requires_action, requires_payment_method.");
        }
        if (method.isEmpty()) {
            throw missingMethod(Optional.of(intent));
        }
        long booked = execution.tamper().booked(intent.terms().amountMinor());
        PaymentIntent next = attempt(intent, method.get(), offSession, booked, execution);
        return settlement.render(next, expand);
    }

    private PaymentIntent attempt(
            PaymentIntent intent,
            Attached method,
            boolean offSession,
            long bookedMinor,
            Execution execution) {
        Behaviour behaviour =
                execution
                        .tamper()
                        .declineCode()
                        .<Behaviour>map(c -> new Behaviour.Decline(CardFailure.declined(c)))
                        .orElse(method.card().behaviour());
        return switch (behaviour) {
            case Behaviour.Approve() -> settlement.approve(intent, method, bookedMinor, execution);
            case Behaviour.Decline(CardFailure failure) ->
                    throw settlement.decline(intent, method, failure, execution);
            case Behaviour.Challenge(var afterwards) -> {
                if (offSession) {
                    throw settlement.decline(
                            intent,
                            method,
                            CardFailure.declined("authentication_required"),
                            execution);
                }
                yield wait(intent, method, Status.REQUIRES_ACTION, "requires_action", execution);
            }
            case Behaviour.Processing(var afterwards) ->
                    wait(intent, method, Status.PROCESSING, "processing", execution);
        };
    }

    private PaymentIntent wait(
            PaymentIntent intent,
            Attached method,
            Status status,
            String event,
            Execution execution) {
        PaymentIntent next = intent.with(intent.progress().waiting(status, method));
        books.put(next);
        execution.emit(books, "payment_intent." + event, next);
        return next;
    }

    JsonObject capture(String id, Form form, Execution execution) {
        form.allowOnly(Set.of("amount_to_capture", "metadata", "expand"));
        PaymentIntent intent = books.intent(id);
        Optional<Long> asked = form.number("amount_to_capture");
        boolean expand = form.expandsLatestCharge();
        if (execution.tamper().again() && intent.status() == Status.SUCCEEDED) {
            long twice = asked.orElse(intent.terms().amountMinor());
            return settlement.render(settlement.captureAgain(intent, twice, execution), expand);
        }
        if (intent.status() != Status.REQUIRES_CAPTURE) {
            throw unexpected(
                    intent,
                    intent.status() == Status.SUCCEEDED
                            ? "This PaymentIntent could not be captured because it has already"
                                    + " been captured."
                            : "This PaymentIntent could not be captured because it has a status"
                                    + " of "
                                    + intent.status().wireName()
                                    + ". Only a PaymentIntent with one of the following statuses"
                                    + " may be captured: requires_capture.");
        }
        long capturable = intent.progress().capturableMinor();
        long amount = asked.orElse(capturable);
        if (amount < 1) {
            throw StripeRefusal.parameter(
                    "parameter_invalid_integer",
                    "amount_to_capture",
                    "This value must be greater than or equal to 1.");
        }
        if (amount > capturable) {
            throw StripeRefusal.parameter(
                    "amount_too_large",
                    "amount_to_capture",
                    "The amount_to_capture ("
                            + amount
                            + ") is greater than the amount capturable ("
                            + capturable
                            + ").");
        }
        return settlement.render(settlement.capture(intent, amount, execution), expand);
    }

    JsonObject cancel(String id, Form form, Execution execution) {
        form.allowOnly(Set.of("cancellation_reason", "expand"));
        PaymentIntent intent = books.intent(id);
        Optional<String> reason =
                form.word(
                        "cancellation_reason",
                        "duplicate",
                        "fraudulent",
                        "requested_by_customer",
                        "abandoned");
        boolean expand = form.expandsLatestCharge();
        if (!intent.status().cancelable()) {
            throw unexpected(
                    intent,
                    "You cannot cancel this PaymentIntent because it has a status of "
                            + intent.status().wireName()
                            + ". Only a PaymentIntent with one of the following statuses may be"
                            + " canceled: "
                            + PaymentIntent.CANCELABLE
                            + ".");
        }
        Cancellation why = new Cancellation(books.nowSeconds(), reason);
        return settlement.render(settlement.cancel(intent, why, execution), expand);
    }

    /** The end of a challenge or of processing; see {@link StripeGateway#resolve}. */
    void resolve(String id, boolean passed, Execution execution) {
        PaymentIntent intent = books.intent(id);
        Attached method = intent.progress().method().orElse(null);
        if (method == null
                || (intent.status() != Status.REQUIRES_ACTION
                        && intent.status() != Status.PROCESSING)) {
            throw unexpected(intent, "Nothing to resolve: " + intent.status().wireName());
        }
        boolean challenge = intent.status() == Status.REQUIRES_ACTION;
        if (!passed && challenge) {
            settlement.fail(
                    intent, Optional.empty(), CardFailure.authenticationFailed(), execution);
            return;
        }
        Optional<CardFailure> failure =
                switch (method.card().behaviour()) {
                    case Behaviour.Challenge(var afterwards) -> afterwards;
                    case Behaviour.Processing(var afterwards) -> afterwards;
                    case Behaviour.Approve() -> Optional.empty();
                    case Behaviour.Decline(var known) -> Optional.of(known);
                };
        Optional<CardFailure> outcome =
                passed ? failure : Optional.of(CardFailure.declined("generic_decline"));
        if (outcome.isEmpty()) {
            settlement.approve(intent, method, intent.terms().amountMinor(), execution);
        } else {
            settlement.refuse(intent, method, outcome.get(), execution);
        }
    }

    /** The hold runs out; see {@link StripeGateway#expire}. */
    void expire(String id, Execution execution) {
        PaymentIntent intent = books.intent(id);
        if (intent.status() != Status.REQUIRES_CAPTURE) {
            throw unexpected(intent, "No hold to expire: " + intent.status().wireName());
        }
        settlement.expire(intent, execution);
    }

    private static boolean offSession(Form form, boolean confirm) {
        boolean offSession = form.flag("off_session");
        if (offSession && !confirm) {
            throw StripeRefusal.parameter(
                    "parameter_unknown",
                    "off_session",
                    "`off_session` can only be used when `confirm` is true.");
        }
        return offSession;
    }

    private static StripeCurrency currency(String code) {
        return StripeCurrency.of(code)
                .orElseThrow(() ->
                        StripeRefusal.parameter(
                                "parameter_unknown",
                                "currency",
                                "Invalid currency: "
                                        + code
                                        + ". Stripe currently supports these currencies: "
                                        + StripeCurrency.codes()));
    }

    private static long amount(Form form, StripeCurrency currency) {
        form.requiredText("amount");
        long amount = form.number("amount").orElseThrow();
        if (amount < 1) {
            throw StripeRefusal.parameter(
                    "parameter_invalid_integer",
                    "amount",
                    "This value must be greater than or equal to 1.");
        }
        if (amount < currency.minimumMinor()) {
            throw StripeRefusal.parameter(
                    "amount_too_small",
                    "amount",
                    "Amount must be at least "
                            + currency.minimumMinor()
                            + " minor units of "
                            + currency.code());
        }
        if (amount > StripeCurrency.MAXIMUM_MINOR) {
            throw StripeRefusal.parameter(
                    "amount_too_large",
                    "amount",
                    "Amount must be no more than " + StripeCurrency.MAXIMUM_MINOR);
        }
        if (amount % currency.stepMinor() != 0) {
            throw StripeRefusal.parameter(
                    "parameter_invalid_integer",
                    "amount",
                    "The last digit of an amount in " + currency.code() + " must be 0.");
        }
        return amount;
    }

    private Optional<Attached> method(Form form) {
        return form.text("payment_method")
                .map(name ->
                        TestCard.of(name)
                                .map(c -> new Attached(books.ids().other("pm"), c))
                                .orElseThrow(() -> unknownMethod(name)));
    }

    private static StripeRefusal unknownMethod(String name) {
        return StripeRefusal.parameter(
                "resource_missing", "payment_method", "No such PaymentMethod: '" + name + "'");
    }

    private static StripeRefusal missingMethod(Optional<PaymentIntent> intent) {
        return StripeRefusal.state(
                UNEXPECTED_STATE,
                "You cannot confirm this PaymentIntent because it's missing a payment method. You"
                        + " can either update the PaymentIntent with a payment method and then"
                        + " confirm it again, or confirm it again directly with a payment method"
                        + " or ConfirmationToken.",
                intent.map(StripeJson::paymentIntent));
    }

    private static StripeRefusal unexpected(PaymentIntent intent, String message) {
        return StripeRefusal.state(
                UNEXPECTED_STATE, message, Optional.of(StripeJson.paymentIntent(intent)));
    }
}
