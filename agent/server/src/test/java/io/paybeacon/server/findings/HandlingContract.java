package io.paybeacon.server.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.event.FindingEvent.Acknowledge;
import io.paybeacon.core.event.FindingEvent.Act;
import io.paybeacon.core.event.FindingEvent.Assign;
import io.paybeacon.core.event.FindingEvent.Comment;
import io.paybeacon.core.event.FindingEvent.MarkFalsePositive;
import io.paybeacon.core.event.FindingEvent.Reopen;
import io.paybeacon.core.event.FindingEvent.Resolve;
import io.paybeacon.core.event.FindingEvent.Snooze;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Resolution;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store shows of people's acts, and how it is written anew. */
abstract class HandlingContract extends FindingStoreContract {
    private final Desk desk = new Desk(NOON);
    private int delivered;

    @Test
    @DisplayName("A finding goes from hand to hand, and each act is on the audit trail")
    void lifecycle() {
        desk.open(finding("a", Money.of(5, "EUR")));
        assertThat(stand()).isEqualTo("open");
        act("ann", new Acknowledge());
        assertThat(stand()).isEqualTo("acknowledged");
        act("ann", new Assign("payments team"));
        assertThat(stand()).isEqualTo("assigned payments team");
        act("bob", new Snooze(NOON.plusSeconds(3_600)));
        assertThat(stand()).isEqualTo("snoozed payments team until 2026-11-22T13:00:00.123Z");
        act("bob", new Comment("waits for the bank; \"O'Neill\" \u20ac"));
        assertThat(stand()).isEqualTo("snoozed payments team until 2026-11-22T13:00:00.123Z");
        desk.tick(NOON.plusSeconds(3_600));
        assertThat(stand()).as("it wakes by its deadline").isEqualTo("assigned payments team");
        act("bob", new Resolve("refunded by hand"));
        assertThat(stand()).startsWith("resolved payments team at 2026-11-22T13");
        act("ann", new Reopen());
        assertThat(stand()).isEqualTo("assigned payments team");
        act("ann", new MarkFalsePositive(""));
        assertThat(stand()).startsWith("false_positive payments team at 2026-11-22T13");

        assertThat(store.acts(AGENT, "a"))
                .extracting(act ->
                        String.join(
                                "|",
                                act.actor(),
                                act.act(),
                                act.detail(),
                                act.from().label(),
                                act.to().label()))
                .containsExactly(
                        "ann|acknowledge||open|acknowledged",
                        "ann|assign|payments team|acknowledged|assigned",
                        "bob|snooze|2026-11-22T13:00:00.123Z|assigned|snoozed",
                        "bob|comment|waits for the bank; \"O'Neill\" \u20ac|snoozed|snoozed",
                        "bob|resolve|refunded by hand|assigned|resolved",
                        "ann|reopen||resolved|assigned",
                        "ann|false_positive||assigned|false_positive");
        assertThat(store.acts(AGENT, "a"))
                .extracting(StoredAct::at)
                .isSorted()
                .allMatch(at -> at.isAfter(NOON));
        assertThat(store.acts(AGENT, "b")).isEmpty();
        assertThat(store.acts("eu-2", "a")).isEmpty();
    }

    @Test
    @DisplayName("The facts end a finding whatever people did, but for a false positive")
    void facts() {
        desk.open(finding("a", null));
        act("ann", new Snooze(NOON.plusSeconds(3_600)));
        desk.end("a", Resolution.SUPERSEDED);
        assertThat(stand()).startsWith("superseded at");
        act("ann", new Acknowledge());
        assertThat(stand()).startsWith("superseded at");
        act("ann", new MarkFalsePositive("the sandbox"));
        assertThat(stand()).startsWith("false_positive at");
    }

    @Test
    @DisplayName("What was done to a finding does not count for the next one of the same id")
    void nextOccurrence() {
        desk.open(finding("a", null));
        act("ann", new Resolve("done"));
        assertThat(stand()).startsWith("resolved at");
        desk.end("a", Resolution.RESOLVED);
        desk.now = NOON.plusSeconds(60);
        desk.open(finding("a", null, desk.now));

        assertThat(stand()).isEqualTo("open");
        assertThat(store.openAbout("subject of a")).hasSize(1);
        assertThat(store.acts(AGENT, "a")).hasSize(1);
        act("bob", new Acknowledge());
        assertThat(stand()).isEqualTo("acknowledged");
    }

    @Test
    @DisplayName("A snoozed or acknowledged finding is still about its subject, a resolved one not")
    void openAbout() {
        desk.open(finding("a", null));
        act("ann", new Snooze(NOON.plusSeconds(3_600)));
        assertThat(stand()).startsWith("snoozed");
        assertThat(store.openAbout("subject of a")).hasSize(1);
        act("ann", new Resolve(""));
        assertThat(stand()).startsWith("resolved");
        assertThat(store.openAbout("subject of a")).isEmpty();
    }

    @Test
    @DisplayName("Acts that arrive before their finding are not lost")
    void actsFirst() {
        desk.open(finding("a", null));
        desk.act("a", "ann", new Assign("ann"));
        List<Delivery> all = desk.deliveries();

        store.deliver(all.reversed());

        delivered = all.size();
        assertThat(stand()).isEqualTo("assigned ann");
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6, 20261123})
    @DisplayName("Rows written anew from the engine's record are those that were there")
    void rebuild(long seed) throws IOException {
        randomLife(new SplittableRandom(seed), 400);
        store.deliver(desk.deliveries());
        List<String> before = rows(store);
        assertThat(before).as("seed %d", seed).hasSizeGreaterThan(20);

        store.rebuild(desk);
        assertThat(rows(store)).as("in place, seed %d", seed).isEqualTo(before);
        store.deliver(desk.deliveries());
        assertThat(rows(store)).as("and delivered again, seed %d", seed).isEqualTo(before);

        try (FindingStore empty = open(AGENT, "empty")) {
            long findings = empty.rebuild(desk);
            assertThat(findings).isEqualTo(everything().size());
            assertThat(rows(empty)).as("from nothing, seed %d", seed).isEqualTo(before);
            // After a restart the engine delivers what was not confirmed, in order, to the end.
            empty.deliver(desk.deliveries().subList(200, desk.deliveries().size()));
            assertThat(rows(empty)).as("and delivered late, seed %d", seed).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("A rebuild takes the rows over that other data had left under the name")
    void rebuildOverOtherData() {
        store.deliver(List.of(opened(9, "of other data", null)));
        store.close();
        desk.open(finding("a", null));

        store = openToRebuildWithOtherData();
        store.rebuild(desk);

        assertThat(everything()).extracting(StoredFinding::id).containsExactly("a");
        assertThat(stand()).isEqualTo("open");
    }

    /** Opens the store of the test to be rebuilt from data that it does not belong to. */
    abstract FindingStore openToRebuildWithOtherData();

    @Test
    @DisplayName("A rebuild that fails half-way changes nothing")
    void rebuildThatFails() {
        store.deliver(List.of(opened(1, "a", null)));
        List<String> before = rows(store);

        assertThatThrownBy(() ->
                        store.rebuild((after, recordsMax) -> {
                            throw new IOException("the disk is gone");
                        }))
                .isInstanceOf(FindingStoreException.class)
                .hasMessageContaining("the disk is gone");

        assertThat(rows(store)).isEqualTo(before);
    }

    private void act(String actor, Act act) {
        desk.now = desk.now.plusSeconds(1);
        desk.act("a", actor, act);
    }

    /** Delivers what is not delivered yet; where finding a stands. */
    private String stand() {
        store.deliver(desk.deliveries().subList(delivered, desk.deliveries().size()));
        delivered = desk.deliveries().size();
        StoredFinding finding = store.find(AGENT, "a").orElseThrow();
        return finding.state().label()
                + (finding.assignee().isEmpty() ? "" : " " + finding.assignee())
                + (finding.snoozedUntil() == null ? "" : " until " + finding.snoozedUntil())
                + (finding.resolvedAt() == null ? "" : " at " + finding.resolvedAt());
    }

    private List<String> rows(FindingStore of) {
        List<String> rows = new ArrayList<>();
        for (StoredFinding finding : of.list(FindingQuery.first(500)).findings()) {
            rows.add(finding.toString());
            of.acts(AGENT, finding.id()).forEach(act -> rows.add(act.toString()));
        }
        return rows;
    }

    private void randomLife(SplittableRandom random, int steps) {
        for (int i = 0; i < steps; i++) {
            desk.tick(desk.now.plusMillis(1 + random.nextInt(60_000)));
            String id = "f" + random.nextInt(30);
            switch (random.nextInt(10)) {
                case 0, 1 -> desk.open(finding(id, Money.of(i, "EUR"), desk.now));
                case 2 -> end(id, Resolution.RESOLVED);
                case 3 -> end(id, Resolution.SUPERSEDED);
                case 4 -> desk.act(id, "ann", new Acknowledge());
                case 5 -> desk.act(id, "ann", new Assign("team " + i));
                case 6 -> {
                    Instant until = desk.now.plus(Duration.ofMinutes(random.nextInt(1, 9)));
                    desk.act(id, "bob", new Snooze(until));
                }
                case 7 -> desk.act(id, "bob", new Comment("remark " + i));
                case 8 -> desk.act(id, "bob", new Resolve("done " + i));
                default ->
                        desk.act(
                                id,
                                "ann",
                                random.nextBoolean() ? new Reopen() : new MarkFalsePositive(""));
            }
        }
    }

    private void end(String id, Resolution resolution) {
        if (desk.page("", 1_000).containsKey(id)) {
            desk.end(id, resolution);
        }
    }
}
