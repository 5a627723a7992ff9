package io.paybeacon.sandbox.market.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One simulation, run to its end. */
record Recorded(List<Occurrence> stream, List<PaymentOutcome> payments, List<Planted> planted) {
    static Recorded of(SimulationOptions options) {
        List<PaymentOutcome> payments = new ArrayList<>();
        List<Planted> planted = new ArrayList<>();
        Simulation simulation =
                new Simulation(
                        options,
                        new TruthSink() {
                            @Override
                            public void payment(PaymentOutcome outcome) {
                                payments.add(outcome);
                            }

                            @Override
                            public void planted(Planted one) {
                                planted.add(one);
                            }
                        });
        List<Occurrence> stream = new ArrayList<>();
        simulation.forEachRemaining(stream::add);
        return new Recorded(stream, payments, planted);
    }

    <H extends Happening> Stream<H> all(Class<H> kind) {
        return stream.stream().map(Occurrence::happening).filter(kind::isInstance).map(kind::cast);
    }

    long count(Class<? extends Happening> kind) {
        return all(kind).count();
    }
}
