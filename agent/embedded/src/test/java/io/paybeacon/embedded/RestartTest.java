package io.paybeacon.embedded;

import static io.paybeacon.embedded.Toys.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.Toys.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
    @TempDir Path directory;

    @Test
    void manySegmentsAndCheckpoints_loseNothing_andLeaveNoOldFiles() throws Exception {
        try (EngineFixture fixture =
                new EngineFixture(
                        directory,
                        options -> options.withSegmentBytes(3_000).withCacheEntriesMax(20))) {
            int told = 0;
            for (int start = 0; start < 5; start++) {
                fixture.start();
                for (int call = 0; call < 40; call++) {
                    List<Event> events = new ArrayList<>();
                    for (int i = 0; i < 5; i++) {
                        events.add(tell("e" + told, "item" + told % 97, "add"));
                        told++;
                    }
                    fixture.accept(events.toArray(Event[]::new));
                }
                assertThat(fixture.created()).isEqualTo(told);
                assertThat(fixture.cellSum()).isEqualTo(told);
            }
            fixture.start();
            assertThat(fixture.created()).isEqualTo(told);
            assertThat(fixture.cellSum()).isEqualTo(told);
            for (int item = 0; item < 97; item++) {
                Item state = fixture.item("item" + item).orElseThrow();
                assertThat(state.seen()).hasSize((told - item + 96) / 97);
            }
            assertThat(logFiles()).isEmpty();
        }
    }

    @Test
    void metrics_areRestoredExactly_butForExemplars() throws Exception {
        try (EngineFixture fixture = new EngineFixture(directory, options -> options)) {
            fixture.start();
            fixture.accept(tell("e1", "a", "add"), tell("e2", "a", "add"), tell("e3", "b", "add"));
            var before = fixture.engine().metrics();

            fixture.start();
            var after = fixture.engine().metrics();
            assertThat(after.values()).isEqualTo(before.values()).isNotEmpty();
            assertThat(after.histograms()).hasSameSizeAs(before.histograms()).isNotEmpty();
            before.histograms()
                    .forEach((series, histogram) -> {
                        var restored = after.histograms().get(series);
                        assertThat(restored.counts()).isEqualTo(histogram.counts());
                        assertThat(restored.sum()).isEqualTo(histogram.sum());
                        assertThat(restored.exemplars()).isEmpty();
                    });
        }
    }

    @Test
    void forgottenKeys_stayForgotten_withTheirDeadlines() throws Exception {
        try (EngineFixture fixture =
                new EngineFixture(directory, options -> options.withSegmentBytes(200))) {
            fixture.start();
            fixture.accept(tell("e1", "a", "due:100"), tell("e2", "b", "due:100"));
            fixture.start();
            fixture.accept(tell("e3", "a", "forget"));
            assertThat(fixture.item("a")).isEmpty();
            fixture.start();
            assertThat(fixture.item("a")).isEmpty();
            fixture.tick(200);
            assertThat(fixture.sink.await(1))
                    .extracting(RecordingSink::finding)
                    .containsExactly("toy:b#1");
            assertThat(fixture.cellSum()).isEqualTo(4);
        }
    }

    @Test
    void deadlines_fireAfterARestart_once() throws Exception {
        try (EngineFixture fixture = new EngineFixture(directory, options -> options)) {
            fixture.start();
            fixture.accept(tell("e1", "a", "due:100"), tell("e2", "b", "due:200"));
            fixture.tick(100);
            fixture.start();
            fixture.tick(100);
            assertThat(fixture.item("a").orElseThrow().fired()).isEqualTo(1);
            fixture.tick(200);
            assertThat(fixture.item("b").orElseThrow().fired()).isEqualTo(1);
        }
    }

    @Test
    void directoryInUse_isRefused() throws IOException {
        try (EngineFixture first = new EngineFixture(directory, options -> options);
                EngineFixture second = new EngineFixture(directory, options -> options)) {
            first.start();
            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another process")
                    .hasMessageContaining(directory.toString());
        }
        try (EngineFixture third = new EngineFixture(directory, options -> options)) {
            third.start();
        }
    }

    @Test
    void directoryOfANewerFormat_isRefused() throws IOException {
        Files.writeString(directory.resolve("format"), "paybeacon-embedded 3\n");
        try (EngineFixture fixture = new EngineFixture(directory, options -> options)) {
            assertThatThrownBy(fixture::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'paybeacon-embedded 3'")
                    .hasMessageContaining("start the version that wrote it");
        }
    }

    @Test
    void directoryOfFormat1_isTakenOver_andMarked() throws IOException {
        try (EngineFixture fixture = new EngineFixture(directory, options -> options)) {
            fixture.start();
            fixture.accept(tell("e1", "a", "add"));
            fixture.stop();
            Files.writeString(directory.resolve("format"), "paybeacon-embedded 1\n");
            fixture.start();
            assertThat(fixture.created()).isEqualTo(1);
        }
        assertThat(directory.resolve("format")).hasContent("paybeacon-embedded 2\n");
    }

    @Test
    void statesOfAStageThatIsGone_areRefused() throws IOException {
        try (EngineFixture fixture = new EngineFixture(directory, options -> options)) {
            fixture.start();
            fixture.accept(tell("e1", "a", "add"));
        }
        Pipeline cellsOnly = new Pipeline(List.of(Toys.pipeline().steps().get(1)));
        assertThatThrownBy(() ->
                        EngineFixture.open(
                                directory,
                                options -> options,
                                cellsOnly,
                                Reference.defaults(),
                                () -> Toys.START,
                                new RecordingSink(),
                                Disk.REAL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the stage 'item', which this build does not have");
    }

    @Test
    void closingTwice_isAllowed_andNothingIsAcceptedAfter() throws IOException {
        EngineFixture fixture = new EngineFixture(directory, options -> options);
        EmbeddedEngine engine = fixture.start();
        engine.close();
        engine.close();
        assertThat(engine.accept(List.of(tell("e1", "a", "add")))).isCompletedExceptionally();
        assertThat(engine.tick(Toys.START)).isCompletedExceptionally();
        assertThat(engine.find(Toys.ITEM, "a", Item.class)).isCompletedExceptionally();
    }

    private List<Path> logFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("log"))) {
            return files.toList();
        }
    }
}
