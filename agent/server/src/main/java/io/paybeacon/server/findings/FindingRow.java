package io.paybeacon.server.findings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import io.paybeacon.server.findings.Standing.Facts;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finding as values of a statement's parameters.
 *
 * @param values by the name of the parameter
 */
record FindingRow(Map<String, @Nullable Object> values) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    /** A finding that holds. */
    static FindingRow of(String agent, Finding finding, long position) {
        FindingRow row = of(agent, finding.id(), finding.atStake(), finding.evidence(), position);
        row.values.put("kind", finding.kind().label());
        row.values.put("severity", finding.severity().label());
        row.values.put("gateway", finding.gateway());
        row.values.put("subject", finding.subject());
        row.values.put("cause", finding.cause());
        row.values.put("remedy", finding.remedy());
        row.facts(new Facts(finding.openedAt(), FindingState.OPEN, null));
        return row;
    }

    /** A finding on record. */
    static FindingRow of(String agent, Found found, Facts facts, long position) {
        FindingRow row = of(agent, found.finding(), found.atStake(), found.evidence(), position);
        row.values.put("kind", found.kind());
        row.values.put("severity", found.severity());
        row.values.put("gateway", found.gateway());
        row.values.put("subject", found.subject());
        row.values.put("cause", found.cause());
        row.values.put("remedy", found.remedy());
        row.facts(facts);
        return row;
    }

    private static FindingRow of(
            String agent,
            String id,
            @Nullable Money atStake,
            Map<String, String> evidence,
            long position) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("agent", agent);
        values.put("id", id);
        values.put("atStakeMinorUnits", atStake == null ? null : atStake.minorUnits());
        values.put("atStakeCurrency", atStake == null ? null : atStake.currencyCode());
        values.put("evidence", json(evidence));
        values.put("position", position);
        return new FindingRow(values);
    }

    private void facts(Facts facts) {
        Instant endedAt = facts.endedAt();
        values.put("openedAt", FindingSql.utc(facts.openedAt()));
        values.put("facts", facts.state().label());
        values.put("endedAt", endedAt == null ? null : FindingSql.utc(endedAt));
    }

    private static String json(Map<String, String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new FindingStoreException("Evidence cannot be written as JSON.", e);
        }
    }

    /** What {@code evidence} holds. */
    static Map<String, String> texts(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new FindingStoreException(
                    "The findings store holds evidence that is no JSON.", e);
        }
    }
}
