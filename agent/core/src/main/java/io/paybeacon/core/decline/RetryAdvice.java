package io.paybeacon.core.decline;

import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.DeclineClass;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a refused payment may be tried again with the same card, amount and currency. Proposed to
 * people and platforms; Paybeacon tries nothing by itself.
 *
 * @param retry what has to happen before
 * @param notBefore until when a next try has to wait; null where it need not, or is not allowed
 * @param automatic whether a next try without the customer is sensible: only where the network or
 *     the gateway says to try later, or something broke. Without advice of the network a refusal is
 *     not tried again by itself
 * @param triesLeft how many tries the networks still allow now; {@link Integer#MAX_VALUE} where no
 *     limit is known
 * @param reason why, as a word: {@code cause}, {@code advice}, {@code network_code}, {@code
 *     network_limit}, {@code gateway_block}
 */
public record RetryAdvice(
        RetryClass retry,
        @Nullable Instant notBefore,
        boolean automatic,
        int triesLeft,
        String reason) {
    /** How long a gateway keeps a card blocked after too many tries (Adyen 46, Stripe). */
    static final Duration GATEWAY_BLOCK = Duration.ofHours(24);

    /**
     * The advice.
     *
     * @param network as payments name it in their property {@code network}; empty when not known
     * @param code the network's code of the refusal or the gateway's own, as {@code Declined} has
     *     it
     * @param advice the network's advice; empty where there is none
     * @param triesSoFar when the same card was tried with the same amount and currency, in any
     *     order, the refused try too
     * @param at when it is asked; days are those of UTC
     */
    public static RetryAdvice of(
            DeclineCause cause,
            String network,
            String code,
            String advice,
            List<Instant> triesSoFar,
            Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        Instant last = triesSoFar.stream().max(Instant::compareTo).orElse(at);
        Room room = Room.of(NetworkLimit.of(network, day), triesSoFar, at);
        NetworkRule byCode = NetworkRule.find(cause, network, NetworkRule.Kind.RESPONSE, code, day);
        if (byCode != null) {
            return new RetryAdvice(byCode.retry(), null, false, room.left, "network_code");
        }
        NetworkRule byAdvice =
                NetworkRule.find(cause, network, NetworkRule.Kind.ADVICE, advice, day);
        if (byAdvice == null && code.equals("do_not_try_again")) {
            byAdvice = NetworkRule.find(cause, network, NetworkRule.Kind.ADVICE, code, day);
        }
        RetryClass retry = DeclineRule.of(cause).retry();
        if (byAdvice != null && retry != RetryClass.NEVER) {
            boolean later = byAdvice.retry() == RetryClass.LATER;
            Instant waits = later ? later(last.plus(byAdvice.waits()), at) : null;
            return room.applied(byAdvice.retry(), waits, later, "advice");
        }
        if (cause == DeclineCause.EXCESSIVE_RETRIES) {
            Instant until = later(last.plus(GATEWAY_BLOCK), at);
            return new RetryAdvice(RetryClass.NEVER, until, false, room.left, "gateway_block");
        }
        boolean technical =
                retry == RetryClass.LATER && cause.declineClass() == DeclineClass.TECHNICAL;
        return room.applied(retry, null, technical, "cause");
    }

    private static @Nullable Instant later(Instant until, Instant at) {
        return until.isAfter(at) ? until : null;
    }

    /**
     * What the limits of the networks leave.
     *
     * @param left tries that are allowed now
     * @param opens from when one more is allowed; null where one is now
     */
    private record Room(int left, @Nullable Instant opens) {
        static Room of(List<NetworkLimit> limits, List<Instant> tries, Instant at) {
            int left = Integer.MAX_VALUE;
            Instant opens = null;
            for (NetworkLimit limit : limits) {
                List<Instant> within =
                        tries.stream()
                                .filter(time ->
                                        time.isAfter(at.minus(limit.window())) && !time.isAfter(at))
                                .sorted()
                                .toList();
                int rest = limit.triesMax() - within.size();
                left = Math.min(left, Math.max(0, rest));
                if (rest <= 0) {
                    // One more fits as soon as so many have left the window that one is free.
                    Instant free = within.get(-rest).plus(limit.window());
                    opens = opens == null || free.isAfter(opens) ? free : opens;
                }
            }
            return new Room(left, opens);
        }

        RetryAdvice applied(
                RetryClass retry, @Nullable Instant waits, boolean automatic, String reason) {
            boolean sameCard =
                    retry == RetryClass.LATER
                            || retry == RetryClass.AFTER_FIX
                            || retry == RetryClass.STEP_UP
                            || retry == RetryClass.MERCHANT_FIX;
            if (!sameCard || opens == null) {
                return new RetryAdvice(retry, waits, automatic, left, reason);
            }
            Instant until = waits != null && waits.isAfter(opens) ? waits : opens;
            return new RetryAdvice(retry, until, automatic, 0, "network_limit");
        }
    }
}
