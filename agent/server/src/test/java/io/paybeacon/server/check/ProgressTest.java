package io.paybeacon.server.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.probe.result.StepBegun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What people see while a check runs. */
class ProgressTest {
    private final StringWriter text = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();

    private Progress progress(boolean interactive) {
        return new Progress(new PrintWriter(text, true), interactive, nanos::get);
    }

    @Test
    @DisplayName("a terminal shows the step under way, and nothing once it has ended")
    void terminal_showsStep() {
        try (Progress progress = progress(true)) {
            progress.begins("[2/4] card");
            assertThat(text.toString()).contains("[2/4] card  0.0 s");

            progress.step(new StepBegun("card", "r1", "capture", false, 3, 5));
            await().until(() -> text.toString().contains("[2/4] card: step 3/5 capture  0.0 s"));
            progress.step(new StepBegun("card", "r1", "void", true, 1, 2));
            await().until(() -> text.toString().contains("[2/4] card: cleanup void"));

            progress.ends();
            assertThat(text.toString()).endsWith("\r\u001b[2K");
            progress.step(new StepBegun("card", "r1", "late", false, 4, 5));
        }
        assertThat(text.toString()).doesNotContain("late");
    }

    @Test
    @DisplayName("a pipeline sees no control characters, and nothing of what is quick")
    void pipeline_isPlain() {
        try (Progress progress = progress(false)) {
            progress.begins("[1/1] card");
            progress.step(new StepBegun("card", "r1", "create", false, 1, 2));
            progress.ends();
        }
        assertThat(text.toString()).isEmpty();
    }
}
