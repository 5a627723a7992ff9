package io.paybeacon.sandbox;

import io.paybeacon.sandbox.fault.DurationText;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.market.generate.Incident;
import io.paybeacon.sandbox.market.generate.IncidentKind;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An incident of a running sandbox: {@code
 * GATEWAY/KIND[,share=0.8][,network=visa][,issuer=za_bank_1][,country=ZA][,start=30s],for=2m}.
 *
 * @param incident its times count from the start of schedule and marketplace, in milliseconds
 */
public record PlannedIncident(GatewayKind gateway, Incident incident) {
    private static final String SHAPE =
            "GATEWAY/KIND[,share=0.8][,network=visa][,issuer=za_bank_1][,country=ZA][,start=30s]"
                    + ",for=2m";

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none; the message says what is known
     */
    public static PlannedIncident parse(String text) {
        String[] parts = text.split(",", -1);
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1
                    || options.put(
                                    parts[i].substring(0, equals).strip(),
                                    parts[i].substring(equals + 1).strip())
                            != null) {
                throw wrong(text, "has '" + parts[i] + "', which is no option, or one twice");
            }
        }
        int slash = parts[0].indexOf('/');
        String name = parts[0].substring(0, Math.max(0, slash)).strip();
        GatewayKind gateway =
                GatewayKind.named(name)
                        .orElseThrow(() ->
                                wrong(text, "names no gateway; known: " + GatewayKind.names()));
        IncidentKind kind =
                IncidentKind.named(parts[0].substring(slash + 1).strip())
                        .orElseThrow(() ->
                                wrong(text, "names no kind; known: " + IncidentKind.labels()));
        Optional<String> lasting = Optional.ofNullable(options.remove("for"));
        if (lasting.isEmpty()) {
            throw wrong(text, "has no end: add for=2m");
        }
        Duration start =
                Optional.ofNullable(options.remove("start"))
                        .map(DurationText::parse)
                        .orElse(Duration.ZERO);
        Incident incident =
                new Incident(
                        kind,
                        gateway.wireName(),
                        start.toMillis(),
                        start.plus(DurationText.parse(lasting.get())).toMillis(),
                        share(text, Optional.ofNullable(options.remove("share"))),
                        Optional.ofNullable(options.remove("network")),
                        Optional.ofNullable(options.remove("issuer")),
                        Optional.ofNullable(options.remove("country")));
        if (!options.isEmpty()) {
            throw wrong(
                    text, "has the unknown option '" + options.keySet().iterator().next() + "'");
        }
        boolean sliced =
                incident.network().isPresent()
                        || incident.issuer().isPresent()
                        || incident.country().isPresent();
        if (sliced && kind.ofGateway()) {
            throw wrong(text, "hits a gateway as a whole: leave network, issuer and country out");
        }
        return new PlannedIncident(gateway, incident);
    }

    private static int share(String text, Optional<String> share) {
        if (share.isEmpty()) {
            return 1_000;
        }
        if (!share.get().matches("[01](\\.\\d{1,3})?")) {
            throw wrong(text, "has share='" + share.get() + "'; write a number from 0.001 to 1");
        }
        return new BigDecimal(share.get()).movePointRight(3).intValueExact();
    }

    private static IllegalArgumentException wrong(String text, String what) {
        return new IllegalArgumentException("incident '" + text + "' " + what + ". Write " + SHAPE);
    }

    private Duration start() {
        return Duration.ofMillis(incident.fromMillis());
    }

    private Duration lasting() {
        return Duration.ofMillis(incident.untilMillis() - incident.fromMillis());
    }

    /** The same at other times, for a schedule that has them beside it. */
    PlannedIncident during(Duration from, Duration howLong) {
        return new PlannedIncident(
                gateway,
                new Incident(
                        incident.kind(),
                        incident.gateway(),
                        from.toMillis(),
                        from.plus(howLong).toMillis(),
                        incident.permille(),
                        incident.network(),
                        incident.issuer(),
                        incident.country()));
    }

    /** The incident, when its times count from that moment. */
    Incident from(Instant moment) {
        long start = moment.toEpochMilli();
        return new Incident(
                incident.kind(),
                incident.gateway(),
                start + incident.fromMillis(),
                start + incident.untilMillis(),
                incident.permille(),
                incident.network(),
                incident.issuer(),
                incident.country());
    }

    /** The fault by which the gateway carries it out; empty when it is none of the gateway's. */
    Optional<String> fault() {
        Optional<String> effect =
                switch (incident.kind()) {
                    case OUTAGE -> Optional.of("*:status=503");
                    case SLOW -> Optional.of("*:latency=1500ms,tail=15s");
                    case TECHNICAL_ERRORS -> Optional.of("*:status=500");
                    case WEBHOOK_SILENCE -> Optional.of("webhooks:held");
                    case WEBHOOKS_DUPLICATED -> Optional.of("webhooks:duplicated=2");
                    case WEBHOOKS_REORDERED -> Optional.of("webhooks:reordered=10s");
                    case SECRET_ROTATED -> Optional.of("webhooks:badly_signed");
                    case THREE_DS_DOWN,
                            ISSUER_DECLINES,
                            WRONG_SCALE,
                            AUTHORISATIONS_EXPIRE,
                            CAPTURES_FAIL,
                            REFUNDS_FAIL,
                            CARD_TESTING,
                            COUNTRY_SHIFT ->
                            Optional.empty();
                };
        String share =
                incident.permille() == 1_000
                        ? ""
                        : ",probability=" + BigDecimal.valueOf(incident.permille(), 3);
        return effect.map(e ->
                "%s/%s%s,start=%s,for=%s"
                        .formatted(
                                gateway.wireName(),
                                e,
                                share,
                                DurationText.format(start()),
                                DurationText.format(lasting())));
    }

    /** What is true of it, when the schedule started then. */
    JsonObject toJson(Instant scheduleStart) {
        JsonObject slice = new JsonObject();
        incident.network().ifPresent(v -> slice.put("network", v));
        incident.issuer().ifPresent(v -> slice.put("issuer", v));
        incident.country().ifPresent(v -> slice.put("country", v));
        return new JsonObject()
                .put("kind", incident.kind().label())
                .put("gateway", gateway.wireName())
                .put("from", scheduleStart.plus(start()).toString())
                .put("until", scheduleStart.plus(start()).plus(lasting()).toString())
                .put("share_permille", incident.permille())
                .put("slice", slice)
                .put("signal", incident.kind().signal());
    }
}
