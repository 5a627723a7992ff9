package io.paybeacon.sandbox.fault;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What goes wrong when a fault hits. */
public sealed interface Effect {
    /** Whether the fault strikes before the operation takes effect or after it. */
    enum When {
        BEFORE,
        AFTER
    }

    /** The form {@code effect=value} of the fault grammar. */
    String describe();

    /** An effect on the answer of an API request. */
    sealed interface OnRequest extends Effect {}

    /** An effect on a webhook delivery. */
    sealed interface OnWebhook extends Effect {}

    /** An effect on the listening ports, for every client alike, as long as it is active. */
    sealed interface OnConnection extends Effect {}

    /** An effect on the gateway's own clock, as long as it is active. */
    sealed interface OnClock extends Effect {}

    /** What is wrong with the certificate of the TLS port. */
    enum CertificateFlaw {
        /** Its time is over. */
        EXPIRED,
        /** It is for another host. */
        WRONG_NAME,
        /** No authority that the client knows signed it. */
        UNTRUSTED;

        /** The name in faults. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The answer is late.
     *
     * @param delay the delay, or the shortest one when there is a tail
     * @param tail the longest delay of a Pareto-distributed tail, empty for a fixed delay
     */
    record Latency(Duration delay, Optional<Duration> tail, When when) implements OnRequest {
        @Override
        public String describe() {
            String end = tail.map(t -> ",tail=" + DurationText.format(t)).orElse("");
            return "latency=" + DurationText.format(delay) + end + ",when=" + name(when);
        }
    }

    /** An error status in the gateway's error shape, one of those the grammar lists. */
    record Status(int code, When when) implements OnRequest {
        @Override
        public String describe() {
            return "status=" + code + ",when=" + name(when);
        }
    }

    /** The connection is reset (TCP RST); after the operation this is a lost response. */
    record Reset(When when) implements OnRequest {
        @Override
        public String describe() {
            return "reset,when=" + name(when);
        }
    }

    /** The request is read and never answered; the connection stays open until the client goes. */
    record BlackHole(When when) implements OnRequest {
        @Override
        public String describe() {
            return "blackhole,when=" + name(when);
        }
    }

    /** The connection is closed in good order, without an answer. */
    record Close(When when) implements OnRequest {
        @Override
        public String describe() {
            return "close,when=" + name(when);
        }
    }

    /** The body of the answer trickles. */
    record Drip(int bytesPerSecond) implements OnRequest {
        @Override
        public String describe() {
            return "drip=" + bytesPerSecond;
        }
    }

    /** The body of the answer is cut in the middle, with a length that agrees: broken JSON. */
    record Malformed() implements OnRequest {
        @Override
        public String describe() {
            return "malformed";
        }
    }

    /** The operation books and answers another amount than asked for. */
    record WrongAmount(long offsetMinor) implements OnRequest {
        @Override
        public String describe() {
            return "amount_offset=" + offsetMinor;
        }
    }

    /** A payment that would be approved is declined. */
    record Decline(String declineCode) implements OnRequest {
        @Override
        public String describe() {
            return "decline=" + declineCode;
        }
    }

    /** A repetition under a used idempotency key is executed once more: a double charge. */
    record DoubleCharge() implements OnRequest {
        @Override
        public String describe() {
            return "double_charge";
        }
    }

    /** The event is never delivered. */
    record Lost() implements OnWebhook {
        @Override
        public String describe() {
            return "lost";
        }
    }

    /** The event is delivered that much later. */
    record Delayed(Duration delay) implements OnWebhook {
        @Override
        public String describe() {
            return "delayed=" + DurationText.format(delay);
        }
    }

    /** The event is delivered several times, with the same id. */
    record Duplicated(int copies) implements OnWebhook {
        @Override
        public String describe() {
            return "duplicated=" + copies;
        }
    }

    /** Each event is delayed by a draw from zero to the window, so that order is lost. */
    record Reordered(Duration window) implements OnWebhook {
        @Override
        public String describe() {
            return "reordered=" + DurationText.format(window);
        }
    }

    /** Events are kept back, and all sent when the fault is over. */
    record Held() implements OnWebhook {
        @Override
        public String describe() {
            return "held";
        }
    }

    /** The signature does not fit the body. */
    record BadlySigned() implements OnWebhook {
        @Override
        public String describe() {
            return "badly_signed";
        }
    }

    /** The ports are closed; connections that are open are cut. */
    record Refused() implements OnConnection {
        @Override
        public String describe() {
            return "refused";
        }
    }

    /** Connections are accepted, and then nothing is read or sent, not even of a TLS handshake. */
    record Silent() implements OnConnection {
        @Override
        public String describe() {
            return "silent";
        }
    }

    /** The TLS port shows another certificate; connections that are open are cut. */
    record Certificate(CertificateFlaw flaw) implements OnConnection {
        @Override
        public String describe() {
            return "certificate=" + flaw.wireName();
        }
    }

    /**
     * The gateway's clock is wrong.
     *
     * @param by added to the true time; negative when the clock is slow
     */
    record Skew(Duration by) implements OnClock {
        @Override
        public String describe() {
            String sign = by.isNegative() ? "-" : "";
            return "skew=" + sign + DurationText.format(by.abs());
        }
    }

    private static String name(When when) {
        return when == When.BEFORE ? "before" : "after";
    }
}
