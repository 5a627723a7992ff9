package io.paybeacon.simulation;

import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.sandbox.market.generate.Happening;
import io.paybeacon.sandbox.market.generate.Occurrence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must be known of every payment after all that was told, kept in the plainest way: a list of
 * what was said and sums of what moved. Not thread-safe.
 */
public final class Books {
    private final Map<String, Account> accounts = new TreeMap<>();

    /** What was told of one payment; amounts by operation, in minor units. */
    public static final class Account {
        private final Set<String> said = new HashSet<>();
        private final Map<String, Long> captured = new HashMap<>();
        private final Map<String, Long> undone = new HashMap<>();
        private final Map<String, Long> refunded = new HashMap<>();
        private long held;
        private String currency = "";
        private String last = "";
        private long lastAtMillis = Long.MIN_VALUE;

        /** Where it must stand. */
        public PaymentStatus status() {
            long sum = sum(captured);
            if (sum > 0) {
                return sum < held ? partly() : PaymentStatus.CAPTURED;
            }
            if (said.contains("cancelled")) {
                return PaymentStatus.CANCELLED;
            }
            if (said.contains("expired")) {
                return PaymentStatus.EXPIRED;
            }
            if (said.contains("authorised")) {
                return PaymentStatus.AUTHORISED;
            }
            if (said.contains("failed")) {
                return PaymentStatus.FAILED;
            }
            return switch (last) {
                case "processing" -> PaymentStatus.PROCESSING;
                case "action_required" -> PaymentStatus.ACTION_REQUIRED;
                case "created", "" -> PaymentStatus.CREATED;
                default -> PaymentStatus.UNKNOWN;
            };
        }

        private PaymentStatus partly() {
            return PaymentStatus.PARTIALLY_CAPTURED;
        }

        /** What it collected in all, in minor units. */
        public long capturedMinor() {
            return sum(captured);
        }

        /** What of that turned out not to be. */
        public long undoneMinor() {
            return sum(undone);
        }

        /** What reached the customer again. */
        public long refundedMinor() {
            return sum(refunded);
        }

        /** The currency of all its amounts; empty while none was told. */
        public String currency() {
            return currency;
        }

        private void say(String status, long atMillis) {
            said.add(status);
            if (atMillis >= lastAtMillis) {
                last = status;
                lastAtMillis = atMillis;
            }
        }

        private static long sum(Map<String, Long> amounts) {
            return amounts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** The accounts, by {@code gateway:reference}. */
    public Map<String, Account> accounts() {
        return accounts;
    }

    /** Everything that every payment collected in a currency, in minor units, by gateway. */
    public Map<String, Long> captured(String currency) {
        Map<String, Long> sums = new TreeMap<>();
        accounts.forEach((key, account) -> {
            if (account.currency.equals(currency)) {
                sums.merge(key.substring(0, key.indexOf(':')), account.capturedMinor(), Long::sum);
            }
        });
        return sums;
    }

    /** Enters what was told; what is told twice is entered once. */
    public void enter(Occurrence occurrence) {
        if (occurrence.happening() instanceof Happening.OfPayment happening) {
            Account account = account(happening.payment());
            enter(account, happening, occurrence.atMillis());
        } else if (occurrence.happening() instanceof Happening.CallFailed failed) {
            account(failed.payment()).say("unknown", occurrence.atMillis());
        }
    }

    private Account account(String payment) {
        return accounts.computeIfAbsent(payment, _ -> new Account());
    }

    private static void enter(Account account, Happening.OfPayment happening, long atMillis) {
        switch (happening) {
            case Happening.PaymentCreated created -> {
                account.currency = created.currency();
                account.say("created", atMillis);
            }
            case Happening.ActionRequired _ -> account.say("action_required", atMillis);
            case Happening.PaymentPending _ -> account.say("processing", atMillis);
            case Happening.Authorised authorised -> {
                account.held = authorised.amountMinor();
                account.say("authorised", atMillis);
            }
            case Happening.Declined _ -> account.say("failed", atMillis);
            case Happening.Captured captured ->
                    account.captured.put(captured.operation(), captured.amountMinor());
            case Happening.CaptureUndone undone ->
                    account.undone.put(undone.operation(), undone.amountMinor());
            case Happening.Voided _ -> account.say("cancelled", atMillis);
            case Happening.Expired _ -> account.say("expired", atMillis);
            case Happening.RefundEnded refund -> {
                if (refund.succeeded()) {
                    account.refunded.put(refund.refund(), refund.amountMinor());
                }
            }
            case Happening.Authenticated _,
                    Happening.RefundCreated _,
                    Happening.FraudWarned _,
                    Happening.DisputeOpened _,
                    Happening.DisputeClosed _,
                    Happening.FeeCharged _ -> {
                // Neither status nor sums of the payment.
            }
        }
    }
}
