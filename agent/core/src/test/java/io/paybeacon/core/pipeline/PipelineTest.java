package io.paybeacon.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IntakeEvent;
import io.paybeacon.core.event.RegisterEvent;
import io.paybeacon.core.intake.IntakeStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The list of stages. */
class PipelineTest {
    private static final int SCREEN_LINES = 75;

    @Test
    @DisplayName("Every feature's events are read by exactly one stage")
    void events() {
        List<Class<?>> read =
                Pipeline.standard().steps().stream().<Class<?>>map(Step::events).toList();

        assertThat(read)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Event.class.getPermittedSubclasses())
                                .flatMap(type ->
                                        type == RegisterEvent.class
                                                ? Stream.of(type.getPermittedSubclasses())
                                                : Stream.of(type))
                                .toList());
    }

    @Test
    @DisplayName("The list of all stages fits one screen")
    void one_screen() throws IOException {
        Path source = Path.of("src/main/java/io/paybeacon/core/pipeline/Pipeline.java");

        assertThat(Files.readAllLines(source))
                .filteredOn(line -> !line.startsWith("import "))
                .hasSizeLessThanOrEqualTo(SCREEN_LINES);
    }

    @Test
    void two_stages_of_one_name_are_refused() {
        Step<?, ?> step = new Step<>(new IntakeStage(), IntakeEvent.class);

        assertThatThrownBy(() -> new Pipeline(List.of(step, step)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("share");
    }
}
