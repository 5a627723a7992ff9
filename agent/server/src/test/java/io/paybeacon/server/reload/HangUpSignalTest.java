package io.paybeacon.server.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class HangUpSignalTest {
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGHUP")
    void signal_isAnswered_eachTime() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        assertThat(HangUpSignal.onEach(answered::incrementAndGet)).isTrue();

        hangUp();
        await().atMost(Duration.ofSeconds(20)).until(() -> answered.get() == 1);
        hangUp();
        await().atMost(Duration.ofSeconds(20)).until(() -> answered.get() == 2);
    }

    private static void hangUp() throws Exception {
        String process = Long.toString(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-HUP", process).start().waitFor()).isZero();
    }
}
