package io.paybeacon.core.identity;

import static io.paybeacon.core.event.PaymentStatus.AUTHORISED;
import static io.paybeacon.core.event.PaymentStatus.CAPTURED;
import static io.paybeacon.core.event.PaymentStatus.PROCESSING;
import static io.paybeacon.core.output.Metric.FINDINGS_OPEN;
import static io.paybeacon.core.output.Metric.FINDINGS_OPENED;
import static io.paybeacon.core.output.Metric.IDENTITY_PARKED;
import static io.paybeacon.core.output.Metric.ORPHAN_EVENTS;
import static io.paybeacon.core.output.Metric.PAYMENT_CORRECTIONS;
import static io.paybeacon.core.output.Metric.PAYMENT_FACTS_OVER_LIMIT;
import static io.paybeacon.core.output.Resolution.SUPERSEDED;
import static io.paybeacon.core.scenario.Facts.attempt;
import static io.paybeacon.core.scenario.Facts.held;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.scenario.Scenario;
import io.paybeacon.core.stage.Reference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How facts about an object find their payment. */
class IdentityStageTest {
    private static final String ORPHAN = "orphan_event|gw:ch_1";

    @Test
    @DisplayName("The link comes first: facts go straight on")
    void link_before_facts() {
        new Scenario()
                .link("ch_1", "pi_1")
                .tellOf("ch_1", attempt("ch_1", CAPTURED))
                .expectStatus("pi_1", CAPTURED)
                .expect(IDENTITY_PARKED, 0)
                .expect(ORPHAN_EVENTS, 0);
    }

    @Test
    @DisplayName("The facts come first: they wait, and the link sends them on, all of them, once")
    void link_after_facts() {
        Scenario scenario =
                new Scenario()
                        .tellOf("ch_1", attempt("ch_1", AUTHORISED))
                        .again()
                        .tellOf("ch_1", attempt("ch_1", CAPTURED))
                        .expect(IDENTITY_PARKED, 2)
                        .expect(ORPHAN_EVENTS, 2);
        assertThat(scenario.driver().states("payment")).isEmpty();
        scenario.link("ch_1", "pi_1")
                .again()
                .expectStatus("pi_1", CAPTURED)
                .expect(IDENTITY_PARKED, 0)
                .later(Duration.ofDays(30))
                .expectOpen();
        assertThat(identity(scenario).parked()).isEmpty();
    }

    @Test
    @DisplayName("Facts that wait too long are a finding; it grows with more, and the link ends it")
    void orphans() {
        Scenario scenario =
                new Scenario()
                        .at("10:00:00")
                        .tellOf("ch_1", attempt("ch_1", AUTHORISED))
                        .at("10:30:00")
                        .tellOf("ch_1", held("ch_1", 5, "USD"))
                        .at("10:59:59")
                        .expectOpen()
                        .at("11:00:00")
                        .expectOpen(ORPHAN)
                        .expect(FINDINGS_OPENED, 1, "orphan_event")
                        .expect(FINDINGS_OPEN, 1, "orphan_event");
        assertThat(scenario.finding().evidence())
                .containsEntry("messages", "2")
                .containsEntry("first_event", "evt_00001");
        scenario.at("12:00:00").tellOf("ch_1", attempt("ch_1", CAPTURED)).again();
        assertThat(scenario.finding().evidence()).containsEntry("messages", "3");
        assertThat(scenario.finding().openedAt()).isEqualTo(Scenario.time("11:00:00"));
        scenario.at("13:00:00")
                .link("ch_1", "pi_1")
                .expectOpen()
                .expectResolved(SUPERSEDED)
                .expectStatus("pi_1", CAPTURED)
                .expect(FINDINGS_OPENED, 1, "orphan_event")
                .expect(FINDINGS_OPEN, 0, "orphan_event")
                .expect(IDENTITY_PARKED, 0);
    }

    @Test
    @DisplayName("An age that grew while facts waited puts the finding off")
    void reference_changes() {
        Reference defaults = Reference.defaults();
        new Scenario()
                .at("10:00:00")
                .tellOf("ch_1", attempt("ch_1", PROCESSING))
                .refer(
                        new Reference(
                                2, defaults.stuckAfter(), defaults.settle(), Duration.ofHours(3)))
                .at("11:00:00")
                .expectOpen()
                .at("12:59:59")
                .expectOpen()
                .at("13:00:00")
                .expectOpen(ORPHAN);
    }

    @Test
    @DisplayName("So many messages wait for one object; the facts of further ones are counted")
    void limit() {
        Scenario scenario = new Scenario();
        for (int i = 0; i < IdentityStage.PARKED_MESSAGES_MAX; i++) {
            scenario.tellOf("ch_1", attempt("ch_1", PROCESSING));
        }
        scenario.expect(PAYMENT_FACTS_OVER_LIMIT, 0)
                .tellOf("ch_1", attempt("ch_1", CAPTURED), held("ch_1", 5, "USD"))
                .expect(PAYMENT_FACTS_OVER_LIMIT, 2)
                .expect(IDENTITY_PARKED, IdentityStage.PARKED_MESSAGES_MAX)
                .later(Duration.ofHours(1))
                .expectOpen(ORPHAN)
                .link("ch_1", "pi_1")
                .expectStatus("pi_1", PROCESSING)
                .expect(IDENTITY_PARKED, 0);
    }

    @Test
    @DisplayName("Links that disagree: the choice does not depend on the order, and is counted")
    void conflicting_links() {
        Scenario one = new Scenario().link("ch_1", "pi_1").link("ch_1", "pi_2");
        Scenario other = new Scenario().link("ch_1", "pi_2").link("ch_1", "pi_1");

        one.expect(PAYMENT_CORRECTIONS, 1);
        other.expect(PAYMENT_CORRECTIONS, 1);
        assertThat(identity(one)).isEqualTo(identity(other));
        assertThat(identity(one).payment()).isEqualTo(Scenario.id("pi_1"));
    }

    @Test
    @DisplayName("One message in several events waits in the same order, whichever came first")
    void ties() {
        Scenario one = new Scenario();
        Scenario other = new Scenario();
        Origin origin = one.origin();
        var first =
                new Unresolved(
                        origin, Scenario.reference("ch_1"), List.of(attempt("ch_1", PROCESSING)));
        var second =
                new Unresolved(
                        origin, Scenario.reference("ch_1"), List.of(attempt("ch_1", CAPTURED)));
        one.accept(first).accept(second);
        other.accept(second).accept(first);

        assertThat(identity(one).parked()).hasSize(2);
        assertThat(identity(one)).isEqualTo(identity(other));
    }

    private static Identity identity(Scenario scenario) {
        return scenario.driver().find("identity", "gw:ch_1", Identity.class);
    }
}
