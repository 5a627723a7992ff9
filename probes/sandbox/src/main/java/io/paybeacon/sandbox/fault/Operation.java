package io.paybeacon.sandbox.fault;

/** One thing a client can ask of a fake gateway; each gateway lists its own. */
public interface Operation {
    /** What an operation does to money, which decides the faults that make sense for it. */
    enum Money {
        /** It books no amount: it reads, or ends what another operation began. */
        NONE,
        /** It books the amount of the request, so a fault can book another one. */
        BOOKED,
        /** It books an amount if an issuer approves, who can decline. */
        ASKED_OF_ISSUER
    }

    /** The name in faults, for example {@code payment_intents.capture}. */
    String wireName();

    /** What it does to money. */
    Money money();
}
