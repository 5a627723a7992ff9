package io.paybeacon.sandbox.market.generate;

import io.paybeacon.sandbox.market.generate.Happening.PayoutEnded;
import io.paybeacon.sandbox.market.generate.Happening.PayoutSent;
import io.paybeacon.sandbox.market.generate.Happening.SettlementLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each gateway owes: movements of a day come into one batch a currency, which is reported and
 * paid out the morning after. Not thread-safe.
 */
final class Settlement {
    private static final long DAY = 86_400_000;

    /** Reports are there at six in the morning, payouts leave an hour later. */
    private static final long REPORTED_MILLIS = 6 * 3_600_000L;

    private static final long SENT_MILLIS = 7 * 3_600_000L;
    private static final long ARRIVES_MILLIS = 2 * DAY;

    /** One payout of so many fails, decided by its number. */
    private static final int FAILING_ONE_OF = 97;

    private record Account(String gateway, String currency) implements Comparable<Account> {
        @Override
        public int compareTo(Account other) {
            int byGateway = gateway.compareTo(other.gateway);
            return byGateway != 0 ? byGateway : currency.compareTo(other.currency);
        }
    }

    private final Map<Account, List<SettlementLine>> open = new TreeMap<>();
    private long day = Long.MIN_VALUE;
    private long payouts;

    /** What is told at a time of its own. */
    record Due(long atMillis, Happening happening) {}

    /** The batches of days that are over at that time, with their payouts. */
    List<Due> close(long nowMillis) {
        long today = Math.floorDiv(nowMillis, DAY);
        if (day == Long.MIN_VALUE) {
            day = today;
        }
        if (today == day) {
            return List.of();
        }
        List<Due> due = new ArrayList<>();
        open.forEach((account, lines) -> batch(account, lines, due));
        open.clear();
        day = today;
        return due;
    }

    private void batch(Account account, List<SettlementLine> lines, List<Due> due) {
        long morning = (day + 1) * DAY;
        long net = 0;
        for (SettlementLine line : lines) {
            due.add(new Due(morning + REPORTED_MILLIS, line));
            net += line.grossMinor() - line.feeMinor();
        }
        if (net == 0) {
            return;
        }
        payouts++;
        String payout = "po_" + account.gateway() + "_" + payouts;
        long sent = morning + SENT_MILLIS;
        due.add(
                new Due(
                        sent,
                        new PayoutSent(
                                account.gateway(),
                                payout,
                                lines.getFirst().batch(),
                                net,
                                account.currency(),
                                sent + ARRIVES_MILLIS)));
        due.add(
                new Due(
                        sent + ARRIVES_MILLIS,
                        new PayoutEnded(
                                account.gateway(),
                                payout,
                                net,
                                account.currency(),
                                payouts % FAILING_ONE_OF != 0)));
    }

    /** Takes what moves money into the day's batch. */
    void take(Happening happening) {
        switch (happening) {
            case Happening.Captured(
                            var payment,
                            var operation,
                            long amount,
                            var currency,
                            boolean _) ->
                    add(happening, payment, operation, amount, Fees.of(amount, currency), currency);
            case Happening.CaptureUndone(var payment, var operation, long amount, var currency) ->
                    add(
                            happening,
                            payment,
                            operation,
                            -amount,
                            -Fees.of(amount, currency),
                            currency);
            case Happening.RefundEnded(
                            var payment,
                            var refund,
                            long amount,
                            var currency,
                            boolean succeeded)
                    when succeeded ->
                    add(happening, payment, refund, -amount, 0, currency);
            case Happening.DisputeOpened opened ->
                    add(
                            happening,
                            opened.payment(),
                            opened.dispute(),
                            -opened.amountMinor(),
                            Fees.ofDispute(opened.currency()),
                            opened.currency());
            case Happening.DisputeClosed closed when closed.won() ->
                    add(
                            happening,
                            closed.payment(),
                            closed.dispute(),
                            closed.amountMinor(),
                            0,
                            closed.currency());
            case Happening.OfPlatform _,
                    Happening.OfPayment _,
                    SettlementLine _,
                    PayoutSent _,
                    PayoutEnded _ -> {
                // Moves no money between gateway and platform.
            }
        }
    }

    private void add(
            Happening happening,
            String payment,
            String operation,
            long grossMinor,
            long feeMinor,
            String currency) {
        String gateway = happening.gateway();
        Account account = new Account(gateway, currency);
        String batch = "batch_" + gateway + "_" + currency + "_" + day;
        open.computeIfAbsent(account, a -> new ArrayList<>())
                .add(
                        new SettlementLine(
                                gateway,
                                batch,
                                payment,
                                operation,
                                grossMinor,
                                feeMinor,
                                currency));
    }
}
