package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.adyen.AdyenNotification.EventCode;
import io.paybeacon.sandbox.adyen.Payment.State;
import io.paybeacon.sandbox.adyen.PaymentRequest.Capture;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Payments and what their shoppers add to them. Confined to the lock of {@link AdyenGateway}. */
final class PaymentOperations {
    private final Books books;
    private final Supplier<String> baseUrl;

    PaymentOperations(Books books, Supplier<String> baseUrl) {
        this.books = books;
        this.baseUrl = baseUrl;
    }

    /** A new payment, authenticated first when its card asks for it. */
    JsonObject create(PaymentRequest request, Execution execution) {
        Payment payment =
                new Payment(
                        books.references().next(),
                        request,
                        request.amount(),
                        switch (request.threeDs()) {
                            case NONE -> State.RECEIVED;
                            case REDIRECT -> State.REDIRECT_SHOPPER;
                            case NATIVE -> State.IDENTIFY_SHOPPER;
                        },
                        Optional.empty());
        books.put(payment);
        return payment.state().awaitsShopper()
                ? AdyenJson.action(payment, baseUrl.get())
                : ask(payment, execution);
    }

    /** What the shopper's browser brought back. */
    JsonObject details(RequestBody body, Execution execution) {
        RequestBody details =
                body.object("details")
                        .orElseThrow(() ->
                                AdyenRefusal.validation(
                                        "14_004", "Missing payment method details"));
        Return came =
                details.text("redirectResult")
                        .map(PaymentOperations::redirected)
                        .or(() -> details.text("threeDSResult").map(PaymentOperations::inPage))
                        .orElseThrow(PaymentOperations::invalidDetails);
        Payment payment =
                books.find(came.pspReference()).orElseThrow(PaymentOperations::invalidDetails);
        if (!payment.state().awaitsShopper()) {
            throw AdyenRefusal.validation("106", "This session was already used previously");
        }
        return switch (came.outcome()) {
            case IDENTIFIED -> {
                if (payment.state() != State.IDENTIFY_SHOPPER) {
                    throw invalidDetails();
                }
                Payment challenged = books.put(payment.in(State.CHALLENGE_SHOPPER));
                yield AdyenJson.action(challenged, baseUrl.get());
            }
            case PASSED -> ask(payment, execution);
            case FAILED ->
                    refuse(payment, new Verdict.Refused(Refusal.NOT_3D_AUTHENTICATED), execution);
        };
    }

    /** What a shopper did. */
    private enum Outcome {
        IDENTIFIED,
        PASSED,
        FAILED
    }

    private record Return(String pspReference, Outcome outcome) {}

    /** The {@code redirectResult} that a shopper brings back from the page of Adyen's. */
    static String redirectResult(String pspReference, boolean passed) {
        return ShopperToken.of(pspReference + (passed ? "/passed" : "/failed"));
    }

    private static Return redirected(String redirectResult) {
        String content =
                ShopperToken.content(redirectResult).orElseThrow(PaymentOperations::invalidDetails);
        int slash = content.indexOf('/');
        if (slash < 0) {
            throw invalidDetails();
        }
        Outcome outcome =
                switch (content.substring(slash + 1)) {
                    case "passed" -> Outcome.PASSED;
                    case "failed" -> Outcome.FAILED;
                    default -> throw invalidDetails();
                };
        return new Return(content.substring(0, slash), outcome);
    }

    /** The {@code threeDSResult} that the merchant's own page makes, after each of two rounds. */
    private static Return inPage(String encoded) {
        try {
            byte[] decoded = Base64.getDecoder().decode(encoded);
            JsonObject result = new JsonObject(new String(decoded, StandardCharsets.UTF_8));
            String psp =
                    ShopperToken.content(result.getString("authorisationToken", ""))
                            .orElseThrow(PaymentOperations::invalidDetails);
            if (result.containsKey("threeDSCompInd")) {
                return new Return(psp, Outcome.IDENTIFIED);
            }
            boolean passed = "Y".equals(result.getString("transStatus"));
            return new Return(psp, passed ? Outcome.PASSED : Outcome.FAILED);
        } catch (IllegalArgumentException | DecodeException | ClassCastException e) {
            throw invalidDetails();
        }
    }

    private static AdyenRefusal invalidDetails() {
        return AdyenRefusal.validation("14_005", "Invalid payment method details");
    }

    /** Asks the issuer. */
    private JsonObject ask(Payment payment, Execution execution) {
        Verdict said =
                execution
                        .tamper()
                        .declineCode()
                        .flatMap(Refusal::ofCode)
                        .<Verdict>map(Verdict.Refused::new)
                        .orElse(payment.request().verdict());
        return switch (said) {
            case Verdict.Approved() -> approve(payment, execution);
            case Verdict.Pending() -> AdyenJson.decided(books.put(payment.in(State.RECEIVED)));
            case Verdict.Refused refused -> refuse(payment, refused, execution);
        };
    }

    private JsonObject approve(Payment payment, Execution execution) {
        long asked = payment.request().amount().valueMinor();
        long booked = asked == 0 ? 0 : execution.tamper().booked(asked);
        Amount amount = payment.amount().withValue(booked);
        Payment approved = payment.approved(books.references().authCode(), amount);
        if (booked > 0) {
            books.ledger().authorise(approved.pspReference(), amount.currency(), booked);
        }
        books.put(approved);
        if (payment.request().capture() instanceof Capture.Immediate() && booked > 0) {
            books.ledger().capture(approved.pspReference(), amount.currency(), booked, booked, 0);
            books.put(approved.in(State.SENT_FOR_SETTLE));
        }
        String reason =
                approved.authCode().orElse("")
                        + ":"
                        + payment.request().card().last4()
                        + ":"
                        + payment.request().expiry();
        execution.emit(authorisation(approved, true, reason));
        return AdyenJson.decided(approved);
    }

    private JsonObject refuse(Payment payment, Verdict.Refused verdict, Execution execution) {
        State state = verdict.refusal().resultCode().equals("Error") ? State.ERROR : State.REFUSED;
        Payment refused = books.put(payment.in(state));
        execution.emit(authorisation(refused, false, verdict.refusal().reason()));
        return AdyenJson.refused(refused, verdict);
    }

    private AdyenNotification authorisation(Payment payment, boolean success, String reason) {
        PaymentRequest request = payment.request();
        Map<String, String> data = new HashMap<>();
        data.put("cardBin", request.card().bin());
        data.put("cardSummary", request.card().last4());
        data.put("expiryDate", request.expiry());
        payment.authCode().ifPresent(code -> data.put("authCode", code));
        request.metadata().forEach((key, value) -> data.put("metadata." + key, value));
        return new AdyenNotification(
                EventCode.AUTHORISATION,
                success,
                payment.pspReference(),
                Optional.empty(),
                request.merchantAccount(),
                request.reference(),
                payment.amount(),
                request.card().brand(),
                reason,
                books.now(),
                data,
                request.metadata());
    }
}
