package io.paybeacon.server.cli;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What goes through an agent so that it might leak, and the search for it. Immutable. */
final class LeakingPlans {
    private static final List<String> KINDS = List.of("part", "bad", "moved");
    private static final int FORMS_A_PART = 6;
    private static final int STEPS = 40;

    private final String privateKey;
    private final List<String> echoed;

    /**
     * Everything that is planted.
     *
     * @param privateKey in PEM
     */
    LeakingPlans(String privateKey) {
        this.privateKey = privateKey;
        this.echoed = bodies();
    }

    /** Every form of everything. */
    List<String> all() {
        List<String> forms = new ArrayList<>();
        Planted.configured().values().forEach(secret -> forms.addAll(Planted.written(secret)));
        privateKey
                .lines()
                .filter(line -> !line.startsWith("-----"))
                .forEach(line -> forms.addAll(Planted.written(line)));
        Planted.CARDS.forEach(card -> forms.addAll(Planted.writtenCard(card)));
        Planted.learned()
                .forEach((form, secret) -> {
                    forms.add(form.formatted(secret));
                    forms.add(URLEncoder.encode(form.formatted(secret), StandardCharsets.UTF_8));
                });
        return forms;
    }

    /** Answers that hold all forms, each short enough to be shown whole. */
    List<String> echoed() {
        return echoed;
    }

    private List<String> bodies() {
        List<String> forms = all();
        List<String> bodies = new ArrayList<>();
        for (int from = 0; from < forms.size(); from += FORMS_A_PART) {
            List<String> some = forms.subList(from, Math.min(forms.size(), from + FORMS_A_PART));
            bodies.add(
                    new JsonObject()
                            .put("echo", Planted.MARKER + " " + String.join(" | ", some))
                            .encode());
            bodies.add("{\"echo\":\"%s\"} %s".formatted(Planted.MARKER, String.join(" | ", some)));
        }
        return bodies;
    }

    /** The most secrets that one gateway has. */
    private static String secrets(int from, int to) {
        StringBuilder secrets = new StringBuilder();
        for (int i = from; i < to; i++) {
            secrets.append("s%1$d: \"${file:s%1$d}\"%2$s".formatted(i, i + 1 < to ? ", " : ""));
        }
        return "secrets: {" + secrets + "}";
    }

    /** Plans by the names of their files. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String kind : KINDS) {
            for (int i = 0; i < plans(kind); i++) {
                files.put(kind + i + ".yaml", plan(kind, i));
            }
        }
        files.put("hold.yaml", HOLD);
        return files;
    }

    /** The configuration of an agent. */
    String config(int port, String url) {
        StringBuilder probes = new StringBuilder();
        for (String kind : KINDS) {
            for (int i = 0; i < plans(kind); i++) {
                probes.append(
                        "  %1$s-%3$s%2$d: {plan: %3$s%2$d.yaml, gateway: acme, every: 1h}\n"
                                .formatted(Planted.MARKER.substring(0, 14), i, kind));
            }
        }
        return """
        listen: 127.0.0.1:%d
        data: data
        token: ${file:token}
        gateways:
          acme:
            kind: stripe
            url: %s
            webhookSecrets: ["${file:webhook0}", "${file:webhook1}"]
            clientCertificate: {certificate: "${file:client.pem}", key: "${file:client.key}"}
            pace: {requestsPerSecond: 1000, burst: 1000, concurrentRuns: 4}
            %s
          other:
            kind: card
            url: %s
            webhookSecrets: ["${file:webhook2}"]
            %s
            proxy: {url: "%s", user: "${file:proxyUser}", password: "${file:proxyPassword}"}
        sources:
          page: {gateway: acme, kind: statusPage, url: "%s/bad/0", token: "${file:sourceToken}"}
          other: {gateway: acme, kind: statusPage, url: "%s/part/1", user: "${file:sourceUser}",
                  password: "${file:sourcePassword}"}
        modules:
          own: {http: {token: "${file:moduleToken}"}}
          own2: {http: {user: "${file:moduleUser}", password: "${file:modulePassword}"}}
        probes:
          hold: {plan: hold.yaml, gateway: acme, every: 1h}
        %s\
        """
                .formatted(port, url, secrets(0, 16), url, secrets(16, 30), url, url, url, probes);
    }

    /** Everything comes as an answer; half of it as an error, half of it as a redirect too. */
    private int steps(String kind) {
        return kind.equals("part") ? parts() : parts() / 2;
    }

    private static int asked(String kind, int step) {
        return switch (kind) {
            case "part" -> step;
            case "bad" -> 2 * step;
            default -> 2 * step + 1;
        };
    }

    private int parts() {
        return echoed.size();
    }

    private int plans(String kind) {
        return (steps(kind) + STEPS - 1) / STEPS;
    }

    /** Some requests; the last one fails with what it got in the explanation. */
    private String plan(String kind, int number) {
        StringBuilder plan =
                new StringBuilder(
                        """
                        name: echo
                        gateway: stripe
                        mode: test
                        timeout: 60s
                        secrets: [s4, s5]
                        variables: {card: "%s"}
                        steps:
                        """
                                .formatted(Planted.CARDS.get(19)));
        int from = number * STEPS;
        int to = Math.min(steps(kind), from + STEPS);
        for (int i = from; i < to; i++) {
            boolean last = i + 1 == to;
            plan.append(
                    """
                      - name: at%d
                        http:
                          method: POST
                          path: /%s/%d?card=${card}
                          auth: bearer ${secret.s4}
                          headers: {X-Api-Key: "${secret.s5}"}
                          json: {card: {number: "${card}", cvc: "737"}}
                        assert:
                          - status: %s
                    """
                            .formatted(
                                    i,
                                    kind,
                                    asked(kind, i),
                                    switch (kind) {
                                        case "part" -> "200";
                                        case "bad" -> last ? "201" : "400";
                                        default -> last ? "201" : "302";
                                    }));
            if (last) {
                plan.append("      - json: $.echo\n        equals: something else\n");
            }
        }
        return plan.toString();
    }

    private static final String HOLD =
            """
            name: hold
            gateway: stripe
            mode: test
            timeout: 20s
            budget: {currency: USD, perRun: 1000, perDay: 100000}
            secrets: [s0]
            variables: {number: "9999990000000006"}
            steps:
              - name: hold
                http:
                  method: POST
                  path: /hold
                  auth: bearer ${secret.s0}
                  idempotent: true
                  sideEffect: hold
                  amount: 1000 USD
                  form: {card: "${number}", amount: 1000}
                extract:
                  payment: $.id
                  seen: $.card
                  token: $.key
                  other: $.number
            always:
              - name: cancel
                when: {known: payment}
                http:
                  method: POST
                  path: /cancel/0?payment=${payment}
                  auth: bearer ${secret.s0}
                  idempotent: true
                  sideEffect: void
            """;

    /** What is found of it on a surface. */
    List<String> search(String surface, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        List<String> secrets = new ArrayList<>(Planted.configured().values());
        secrets.addAll(Planted.learned().values());
        privateKey.lines().filter(line -> !line.startsWith("-----")).forEach(secrets::add);
        for (String secret : secrets) {
            for (String form : Planted.forms(secret)) {
                note(found, surface, secret, lower, form);
            }
        }
        for (String card : Planted.CARDS) {
            for (String form : Planted.cardForms(card)) {
                note(found, surface, card, lower, form);
            }
        }
        return found;
    }

    private static void note(
            List<String> found, String surface, String planted, String lower, String form) {
        int at = lower.indexOf(form);
        if (at >= 0) {
            found.add(
                    "%s: %s as %s: ...%s"
                            .formatted(
                                    surface,
                                    planted,
                                    form,
                                    lower.substring(
                                                    Math.max(0, at - 60),
                                                    Math.min(lower.length(), at + 80))
                                            .replace('\n', ' ')));
        }
    }
}
