package io.paybeacon.server.http;

import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.core.money.Money;
import io.paybeacon.server.findings.FindingPage;
import io.paybeacon.server.findings.PagePosition;
import io.paybeacon.server.findings.StoredAct;
import io.paybeacon.server.findings.StoredFinding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** Findings in JSON. */
final class FindingJson {
    private FindingJson() {}

    static JsonObject of(FindingPage page) {
        PagePosition next = page.next();
        JsonArray findings = new JsonArray();
        page.findings().forEach(finding -> findings.add(of(finding)));
        return new JsonObject()
                .put("findings", findings)
                .put("next", next == null ? null : next.text());
    }

    /** A finding as the engine has it on record, with its audit trail. */
    static JsonObject of(String agent, FindingRecord known) {
        return of(StoredFinding.of(agent, known), StoredAct.of(known));
    }

    /** A finding with its audit trail. */
    static JsonObject of(StoredFinding finding, List<StoredAct> acts) {
        JsonArray trail = new JsonArray();
        acts.forEach(act ->
                trail.add(
                        new JsonObject()
                                .put("at", act.at().toString())
                                .put("id", act.eventId())
                                .put("actor", act.actor())
                                .put("act", act.act())
                                .put("detail", act.detail().isEmpty() ? null : act.detail())
                                .put("from", act.from().label())
                                .put("to", act.to().label())));
        return of(finding).put("acts", trail);
    }

    static JsonObject of(StoredFinding finding) {
        Money atStake = finding.atStake();
        Instant snoozedUntil = finding.snoozedUntil();
        Instant resolvedAt = finding.resolvedAt();
        JsonObject evidence = new JsonObject();
        finding.evidence().forEach(evidence::put);
        return new JsonObject()
                .put("agent", finding.agent())
                .put("id", finding.id())
                .put("kind", finding.kind())
                .put("severity", finding.severity())
                .put("state", finding.state().label())
                .put("facts", finding.facts().label())
                .put("assignee", finding.assignee().isEmpty() ? null : finding.assignee())
                .put("snoozedUntil", snoozedUntil == null ? null : snoozedUntil.toString())
                .put("gateway", finding.gateway())
                .put("subject", finding.subject())
                .put("openedAt", finding.openedAt().toString())
                .put("resolvedAt", resolvedAt == null ? null : resolvedAt.toString())
                .put("atStake", atStake == null ? null : PaymentJson.money(atStake))
                .put("cause", finding.cause())
                .put("remedy", finding.remedy())
                .put("evidence", evidence);
    }
}
