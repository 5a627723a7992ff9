package io.paybeacon.sandbox.gateway;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * What befalls a payment, or the account, without an API call of the merchant. Amounts are minor
 * units of the payment's currency where no other is beside them.
 */
public sealed interface Aftermath {
    /** Longest text of a field. */
    int TEXT_CHARS_MAX = 100;

    /** What all of them are called in JSON. */
    String NAMES =
            "fraud_warned, dispute_opened, dispute_closed, capture_undone, refund_failed, expired,"
                    + " transferred, paid_out";

    /** The network warns of fraud; no money moves. */
    record FraudWarned() implements Aftermath {}

    /**
     * The cardholder disputes all of it.
     *
     * @param reason {@code fraudulent}, {@code product_not_received}, {@code
     *     product_unacceptable}, {@code duplicate} or {@code credit_not_processed}
     * @param dueMillis time to answer it
     */
    record DisputeOpened(String reason, long dueMillis) implements Aftermath {}

    /** The open dispute is decided. */
    record DisputeClosed(boolean won) implements Aftermath {}

    /** The last capture turns out not to have happened. */
    record CaptureUndone() implements Aftermath {}

    /** The last refund did not reach the customer. */
    record RefundFailed() implements Aftermath {}

    /** The hold runs out. */
    record Expired() implements Aftermath {}

    /** A vendor gets a share of the payment. */
    record Transferred(String vendor, long amountMinor) implements Aftermath {}

    /** The account's money goes to the bank. */
    record PaidOut(long amountMinor, String currency, boolean fails) implements Aftermath {}

    /** The reasons of disputes. */
    Set<String> REASONS =
            Set.of(
                    "fraudulent",
                    "product_not_received",
                    "product_unacceptable",
                    "duplicate",
                    "credit_not_processed");

    /** For the control API; read back by {@link #of}. */
    default JsonObject toJson() {
        return switch (this) {
            case FraudWarned() -> named("fraud_warned");
            case DisputeOpened(String reason, long dueMillis) ->
                    named("dispute_opened").put("reason", reason).put("due_millis", dueMillis);
            case DisputeClosed(boolean won) -> named("dispute_closed").put("won", won);
            case CaptureUndone() -> named("capture_undone");
            case RefundFailed() -> named("refund_failed");
            case Expired() -> named("expired");
            case Transferred(String vendor, long amountMinor) ->
                    named("transferred").put("vendor", vendor).put("amount", amountMinor);
            case PaidOut(long amountMinor, String currency, boolean fails) ->
                    named("paid_out")
                            .put("amount", amountMinor)
                            .put("currency", currency)
                            .put("fails", fails);
        };
    }

    private static JsonObject named(String what) {
        return new JsonObject().put("what", what);
    }

    /**
     * Reads what {@link #toJson} writes.
     *
     * @throws IllegalArgumentException when it is something else; the message says what is known
     */
    static Aftermath of(JsonObject json) {
        return switch (text(json, "what")) {
            case "fraud_warned" -> new FraudWarned();
            case "dispute_opened" -> {
                String reason = text(json, "reason");
                if (!REASONS.contains(reason)) {
                    throw new IllegalArgumentException("'reason' must be one of " + REASONS);
                }
                yield new DisputeOpened(reason, number(json, "due_millis"));
            }
            case "dispute_closed" -> new DisputeClosed(flag(json, "won"));
            case "capture_undone" -> new CaptureUndone();
            case "refund_failed" -> new RefundFailed();
            case "expired" -> new Expired();
            case "transferred" -> new Transferred(text(json, "vendor"), number(json, "amount"));
            case "paid_out" ->
                    new PaidOut(
                            number(json, "amount"), text(json, "currency"), flag(json, "fails"));
            default -> throw new IllegalArgumentException("'what' must be one of " + NAMES);
        };
    }

    private static String text(JsonObject json, String key) {
        if (json.getValue(key) instanceof String text && text.length() <= TEXT_CHARS_MAX) {
            return text;
        }
        throw new IllegalArgumentException(
                "'" + key + "' must be a text of at most " + TEXT_CHARS_MAX + " characters");
    }

    private static long number(JsonObject json, String key) {
        if (json.getValue(key) instanceof Number number && number.longValue() > 0) {
            return number.longValue();
        }
        throw new IllegalArgumentException("'" + key + "' must be a number above 0");
    }

    private static boolean flag(JsonObject json, String key) {
        if (json.getValue(key) instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException("'" + key + "' must be true or false");
    }
}
