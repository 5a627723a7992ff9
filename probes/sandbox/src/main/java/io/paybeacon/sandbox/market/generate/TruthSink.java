package io.paybeacon.sandbox.market.generate;

/** Is told what is true, order by order, as a simulation goes on. */
public interface TruthSink {
    /** What becomes of a payment until the end of the simulation. */
    void payment(PaymentOutcome outcome);

    /** What was made to go wrong. */
    void planted(Planted planted);

    /** One that remembers nothing. */
    static TruthSink none() {
        return new TruthSink() {
            @Override
            public void payment(PaymentOutcome outcome) {}

            @Override
            public void planted(Planted planted) {}
        };
    }
}
