package io.paybeacon.sandbox.adyen;

/** What the issuer says when it is asked. */
sealed interface Verdict {
    /** Yes. */
    record Approved() implements Verdict {}

    /** Nothing yet. */
    record Pending() implements Verdict {}

    /**
     * No, or nobody could say.
     *
     * @param raw the scheme's own words
     */
    record Refused(Refusal refusal, String raw) implements Verdict {
        Refused(Refusal refusal) {
            this(refusal, refusal.raw());
        }
    }
}
