package io.paybeacon.core.payment;

import static io.paybeacon.core.scenario.Scenario.GATEWAY;
import static io.paybeacon.core.scenario.Scenario.id;
import static io.paybeacon.core.scenario.Scenario.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a payment stands after its messages, whatever the order in which they come. */
class PaymentTransitionsTest {
    /**
     * What is said: minute by the gateway's clock, attempt before the colon if one is named,
     * status. Then what has to come of it, and since when.
     */
    private static final String TABLE =
            """
            one attempt, told of the payment alone
              1 created                                                     -> created 1
              1 created, 2 action_required                                  -> action_required 2
              1 created, 2 action_required, 3 processing, 4 captured        -> captured 4
              1 created, 2 unknown                                          -> unknown 2
              1 created, 2 unknown, 3 captured                              -> captured 3
              1 created, 2 authorised, 3 partially_captured, 4 captured     -> captured 4
              1 created, 2 authorised, 3 cancelled                          -> cancelled 3
              1 created, 2 authorised, 3 expired                            -> expired 3
              1 created, 2 cancelled                                        -> cancelled 2
            one attempt, named
              1 a:created, 2 a:action_required, 3 a:processing, 4 a:captured  -> captured 4
              1 a:processing, 2 a:failed                                    -> failed 2
              1 a:unknown, 2 a:processing                                   -> processing 2
              1 a:authorised, 2 a:cancelled                                 -> cancelled 2
              1 a:authorised, 2 a:partially_captured, 3 a:captured          -> captured 3
            the same again: it stands there since the first time
              1 a:processing, 5 a:processing                                -> processing 1
              1 a:authorised, 5 a:authorised                                -> authorised 1
              1 authorised, 5 authorised                                    -> authorised 1
            a lower rank with a later time takes nothing back
              1 a:captured, 2 a:processing                                  -> captured 1
              1 a:processing, 2 a:action_required                           -> processing 1
              1 a:authorised, 2 a:failed                                    -> authorised 1
              1 captured, 2 processing                                      -> captured 1
              1 captured, 2 failed                                          -> captured 1
              1 authorised, 2 action_required                               -> authorised 1
              1 cancelled, 2 processing                                     -> cancelled 1
            a new attempt after a failure
              1 failed, 2 processing                                        -> processing 2
              1 failed, 2 action_required, 3 captured                       -> captured 3
              1 failed, 2 processing, 3 failed                              -> failed 3
              1 a:failed, 2 b:processing                                    -> processing 2
              1 a:failed, 2 b:captured                                      -> captured 2
              1 a:captured, 2 b:failed                                      -> captured 1
              1 a:authorised, 2 b:cancelled                                 -> authorised 1
            an attempt is named, and the payment speaks for itself as well
              1 created, 2 a:captured, 3 captured                           -> captured 3
              1 created, 2 a:authorised, 3 cancelled                        -> cancelled 3
              1 a:authorised, 2 expired                                     -> expired 2
              1 a:failed, 2 cancelled                                       -> cancelled 2
              1 cancelled, 2 a:failed                                       -> cancelled 1
              1 a:authorised, 2 failed                                      -> authorised 1
              1 a:captured, 2 cancelled                                     -> captured 1
            messages that contradict each other: money that moved outranks everything
              1 a:cancelled, 2 a:captured                                   -> captured 2
              1 cancelled, 2 captured                                       -> captured 2
              1 captured, 2 cancelled                                       -> captured 1
              1 a:partially_captured, 2 a:cancelled                         -> partially_captured 1
              1 expired, 2 cancelled                                        -> cancelled 2
            the same second: the rank decides
              1 created, 1 processing, 1 action_required                    -> processing 1
              1 a:processing, 1 a:captured                                  -> captured 1
              1 failed, 1 processing                                        -> failed 1
            """;

    /** One row of the table. */
    record Row(String text, List<Event> events, PaymentStatus status, int minute) {
        @Override
        public String toString() {
            return text;
        }
    }

    static Stream<Row> rows() {
        return TABLE.lines().filter(line -> line.contains("->")).map(PaymentTransitionsTest::row);
    }

    private static Row row(String line) {
        String[] sides = line.strip().split("\\s*->\\s*", -1);
        List<Event> events = new ArrayList<>();
        for (String said : sides[0].split(", ", -1)) {
            String[] words = said.split(" ", -1);
            String[] names = words[1].split(":", -1);
            PaymentFact fact =
                    new StatusReported(
                            names.length == 2 ? names[0] : PaymentFact.NO_ATTEMPT,
                            status(names[names.length - 1]));
            Origin origin =
                    new Origin(GATEWAY, "evt_" + events.size(), minute(Integer.parseInt(words[0])));
            events.add(new Observed(origin, id("pi_1"), List.of(fact)));
        }
        String[] result = sides[1].split(" ", -1);
        return new Row(line.strip(), events, status(result[0]), Integer.parseInt(result[1]));
    }

    private static PaymentStatus status(String label) {
        return Objects.requireNonNull(PaymentStatus.NAMES.find(label), label);
    }

    private static Instant minute(int minute) {
        return time("09:00:00").plus(Duration.ofMinutes(minute));
    }

    @ParameterizedTest
    @MethodSource("rows")
    @DisplayName("Every order of the messages, and every message twice, leads to the same payment")
    void transitions(Row row) {
        Payment first = null;
        for (List<Event> order : permutations(row.events())) {
            Scenario scenario = new Scenario();
            for (Event event : order) {
                scenario.accept(event).again();
            }
            order.forEach(scenario::accept);

            scenario.expectStatus("pi_1", row.status());
            Payment payment = scenario.payment("pi_1");
            assertThat(payment.since()).isEqualTo(minute(row.minute()));
            first = first == null ? payment : first;
            assertThat(payment).isEqualTo(first);
        }
    }

    private static List<List<Event>> permutations(List<Event> events) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Event>> all = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            List<Event> rest = new ArrayList<>(events);
            Event head = rest.remove(i);
            for (List<Event> tail : permutations(rest)) {
                List<Event> order = new ArrayList<>(List.of(head));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }
}
