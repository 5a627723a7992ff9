package io.paybeacon.probe.yaml;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.secret.Redactor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the mistakes of one file, up to a limit. Confined to one reading. A mistake often quotes
 * what stands there, and what stands there may be a secret in the wrong place: what looks like one
 * is masked here, before anyone can show it.
 */
public final class Problems {

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    /** No mistakes yet. */
    public Problems(String file) {
        this.file = file;
    }

    /** Adds a mistake, if there is room; see {@link Problem} for the parameters. */
    public void add(int line, String key, String message) {
        if (found.size() < Limits.PLAN_PROBLEMS_MAX) {
            found.add(
                    new Problem(
                            file,
                            line,
                            Redactor.OF_PATTERNS.redact(key),
                            Redactor.OF_PATTERNS.redactSparingPaths(message)));
        }
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** The mistakes by their lines. */
    public List<Problem> inFileOrder() {
        return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }
}
