package io.paybeacon.bench.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of the benchmarks, and the texts that they read their figures from. */
class FiguresTest {

    @ParameterizedTest(name = "{0} of 1 to 100 is {1}")
    @CsvSource({"0, 1", "0.005, 1", "0.5, 50", "0.9, 90", "0.99, 99", "0.991, 100", "1, 100"})
    void quantile_nearestRank(double share, double expected) {
        Sample sample = Sample.of(IntStream.rangeClosed(1, 100).map(i -> 101 - i).boxed().toList());
        assertThat(sample.quantile(share)).isEqualTo(expected);
    }

    @Test
    void quantile_oneNumber() {
        assertThat(Sample.of(List.of(7)).quantile(0.99)).isEqualTo(7);
    }

    @Test
    void median_evenAndOdd() {
        assertThat(Sample.of(List.of(9, 1, 5)).median()).isEqualTo(5);
        assertThat(Sample.of(List.of(9, 1, 5, 6)).median()).isEqualTo(5.5);
    }

    @Test
    void sample_impossible() {
        assertThatThrownBy(() -> Sample.of(List.of())).hasMessageContaining("without a number");
        assertThatThrownBy(() -> Sample.of(List.of(1)).quantile(1.01)).hasMessageContaining("1.01");
    }

    @Test
    void ratio_text() {
        assertThat(Ratio.text(1, 4)).isEqualTo("0.25 x");
        assertThat(Ratio.text(1, 0)).isEqualTo("-");
    }

    @Test
    void verdict_atTheGoalIsMet() {
        assertThat(Ratio.verdict("lag", 20, 20, "ms"))
                .endsWith("20.00 ms, goal at most 20.00: met");
        assertThat(Ratio.verdict("lag", 20.01, 20, "ms")).endsWith("MISSED");
        assertThat(Ratio.verdict("lag", Double.NaN, 20, "ms")).endsWith("MISSED");
    }

    @Test
    void cpu_ofAProcessWithAStrangeName() {
        String stat = "42 (a) b (c) S 1 42 42 0 -1 4194304 100 200 3 4 150 25 10 5 20 0 33 0 777";
        assertThat(ProcessUsage.cpu(stat)).isEqualTo(Duration.ofMillis(1900));
    }

    @Test
    void megabytes_byName() {
        String status = "Name:\tjava\nVmRSS:\t  2048 kB\nRssAnon:\t    512 kB\n";
        assertThat(ProcessUsage.megabytes(status, "VmRSS")).isEqualTo(2);
        assertThat(ProcessUsage.megabytes(status, "RssAnon")).isEqualTo(0.5);
        assertThatThrownBy(() -> ProcessUsage.megabytes(status, "VmSwap"))
                .hasMessageContaining("VmSwap");
    }

    @Test
    void probeAnswer_phases() {
        ProbeAnswer answer =
                new ProbeAnswer(
                        """
                        # TYPE probe_http_duration_seconds gauge
                        probe_http_duration_seconds{phase="connect"} 0.000150
                        probe_http_duration_seconds{phase="tls"} 1.2e-3
                        # TYPE probe_success gauge
                        probe_success 1
                        """);
        assertThat(answer.phaseSeconds("connect")).hasValue(0.00015);
        assertThat(answer.phaseSeconds("tls")).hasValue(0.0012);
        assertThat(answer.phaseSeconds("transfer")).isEmpty();
        assertThat(answer.passed()).isTrue();
        assertThat(new ProbeAnswer("probe_success 0\n").passed()).isFalse();
    }

    @Test
    void table_aligned() {
        Table table = new Table("", "us", "them").row("first", "1.00", "12").row("b", "2", "3");
        assertThat(table.text())
                .isEqualTo("         us  them\nfirst  1.00    12\nb         2     3\n");
    }
}
