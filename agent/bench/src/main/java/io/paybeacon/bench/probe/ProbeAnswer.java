package io.paybeacon.bench.probe;

import java.util.OptionalDouble;

/**
 * The samples of one probe, in the text format of Prometheus.
 *
 * @param text of the answer
 */
record ProbeAnswer(String text) {
    /** The sample of a probe that passed. */
    static final String PASSED = "\nprobe_success 1";

    /** Whether the probe passed. */
    boolean passed() {
        return ('\n' + text).contains(PASSED);
    }

    /** How long a phase of an HTTP probe took, in seconds; empty when it is not among them. */
    OptionalDouble phaseSeconds(String phase) {
        String series = "probe_http_duration_seconds{phase=\"" + phase + "\"} ";
        return text.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst();
    }
}
