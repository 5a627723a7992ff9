package io.paybeacon.server.http;

import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import io.vertx.core.json.JsonObject;

/** Findings as lines of a file, in the words of the API. */
public final class FindingLines {
    private FindingLines() {}

    /** A finding as one line of JSON, without its end. */
    public static String of(Finding finding) {
        Money atStake = finding.atStake();
        JsonObject evidence = new JsonObject();
        finding.evidence().forEach(evidence::put);
        return new JsonObject()
                .put("id", finding.id())
                .put("kind", finding.kind().label())
                .put("severity", finding.severity().label())
                .put("gateway", finding.gateway())
                .put("subject", finding.subject())
                .put("openedAt", finding.openedAt().toString())
                .put("atStake", atStake == null ? null : PaymentJson.money(atStake))
                .put("cause", finding.cause())
                .put("remedy", finding.remedy())
                .put("evidence", evidence)
                .encode();
    }
}
