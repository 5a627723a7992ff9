package io.paybeacon.server.findings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of findings.
 *
 * @param next what to ask for {@link FindingQuery#after} to get the next page; null when this is
 *     the last one
 */
public record FindingPage(List<StoredFinding> findings, @Nullable PagePosition next) {
    public FindingPage {
        findings = List.copyOf(findings);
    }
}
