package io.paybeacon.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.payment.Payment;
import io.paybeacon.core.stage.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A story of one gateway account, told step by step.
 *
 * <p>{@code at} sets both clocks; {@code happened} sets the gateway's back or forth for the next
 * message alone. Times are of 22 November 2026, UTC; {@code later} moves on from there. Each
 * message has an event id of its own.
 */
public final class Scenario {
    public static final String GATEWAY = "gw";
    private static final String DAY = "2026-11-22T";

    private final PipelineDriver driver = new PipelineDriver();
    private Instant now = Instant.parse(DAY + "10:00:00Z");
    private Instant happened = now;
    private int messages;
    private Event last;

    public static Instant time(String time) {
        return Instant.parse(DAY + time + "Z");
    }

    public Scenario at(String time) {
        now = time(time);
        happened = now;
        driver.tick(now);
        return this;
    }

    /** Moves on, firing what falls due on the way. */
    public Scenario later(Duration by) {
        now = now.plus(by);
        happened = now;
        driver.tick(now);
        return this;
    }

    /** The next message is about something that happened then, by the gateway's clock. */
    public Scenario happened(String time) {
        happened = time(time);
        return this;
    }

    public Scenario happened(Instant at) {
        happened = at;
        return this;
    }

    public Scenario refer(Reference reference) {
        driver.refer(reference);
        return this;
    }

    /** The gateway says this about a payment. */
    public Scenario tell(String payment, PaymentFact... facts) {
        return accept(new Observed(origin(), id(payment), List.of(facts)));
    }

    /** The gateway says this about an object, without naming the payment. */
    public Scenario tellOf(String object, PaymentFact... facts) {
        return accept(new Unresolved(origin(), reference(object), List.of(facts)));
    }

    public Scenario link(String object, String payment) {
        return accept(new Linked(origin(), reference(object), id(payment)));
    }

    /** The gateway sends its last message once more. */
    public Scenario again() {
        return accept(Objects.requireNonNull(last));
    }

    public Scenario accept(Event event) {
        last = event;
        driver.applyAll(event, now);
        happened = now;
        return this;
    }

    /** The origin of the next message. */
    public Origin origin() {
        messages++;
        return new Origin(GATEWAY, "evt_%05d".formatted(messages), happened);
    }

    public Scenario expectStatus(String payment, PaymentStatus status) {
        assertThat(payment(payment).status()).as("status of %s", payment).isEqualTo(status);
        return this;
    }

    public Scenario expectSince(String payment, String time) {
        assertThat(payment(payment).since()).as("since of %s", payment).isEqualTo(time(time));
        return this;
    }

    /** A counter or gauge, by its labels after that of the gateway. */
    public Scenario expect(Metric metric, long value, String... labels) {
        assertThat(driver.value(series(metric, labels)))
                .as("%s %s", metric.key(), List.of(labels))
                .isEqualTo(value);
        return this;
    }

    /** How many values a histogram saw. */
    public Scenario expectObservations(Metric metric, int size, String... labels) {
        assertThat(driver.observed(series(metric, labels))).as(metric.key()).hasSize(size);
        return this;
    }

    /** Exactly these findings are open, each as the beginning of its id. */
    public Scenario expectOpen(String... prefixes) {
        assertThat(driver.openFindings().keySet()).as("open findings").hasSize(prefixes.length);
        for (String prefix : prefixes) {
            assertThat(driver.openFindings().keySet())
                    .as("open findings")
                    .anyMatch(id -> id.startsWith(prefix));
        }
        return this;
    }

    /** How findings ended so far, in order. */
    public Scenario expectResolved(Resolution... resolutions) {
        List<Resolution> seen = new ArrayList<>();
        driver.outputs()
                .forEach(output -> {
                    if (output instanceof FindingResolved resolved) {
                        seen.add(resolved.resolution());
                    }
                });
        assertThat(seen).as("resolutions").containsExactly(resolutions);
        return this;
    }

    /** The only finding that is open. */
    public Finding finding() {
        assertThat(driver.openFindings()).hasSize(1);
        return driver.openFindings().values().iterator().next();
    }

    public Payment payment(String reference) {
        return Objects.requireNonNull(
                driver.find("payment", id(reference).key(), Payment.class), reference);
    }

    public PipelineDriver driver() {
        return driver;
    }

    public Instant now() {
        return now;
    }

    public static PaymentId id(String reference) {
        return new PaymentId(GATEWAY, reference);
    }

    public static ProviderReference reference(String value) {
        return new ProviderReference(GATEWAY, value);
    }

    public static Series series(Metric metric, String... labels) {
        List<String> all = new ArrayList<>(List.of(GATEWAY));
        all.addAll(List.of(labels));
        return new Series(metric, all);
    }
}
