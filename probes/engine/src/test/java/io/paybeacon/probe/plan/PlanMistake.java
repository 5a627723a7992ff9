package io.paybeacon.probe.plan;

import java.util.stream.Stream;

/**
 * A good plan with one piece replaced, and a problem that this must give.
 *
 * @param base the good plan
 * @param piece what is replaced in it
 * @param replacement what stands there instead
 * @param problem the problem, as a user sees it
 * @param seenBySchema whether the schema alone shows that something is wrong
 */
record PlanMistake(
        String base, String piece, String replacement, String problem, boolean seenBySchema) {

    /** A mistake of structure: a schema shows it. */
    PlanMistake(String piece, String replacement, String problem) {
        this(GOOD, piece, replacement, problem, true);
    }

    /** The same, for a mistake that shows only when the plan is read as a whole. */
    PlanMistake ofMeaning() {
        return new PlanMistake(base, piece, replacement, problem, false);
    }

    static final String GOOD =
            """
            name: card
            description: One card payment
            gateway: acme
            timeout: 20s
            budget: {currency: USD, perRun: 500, perDay: 5000}
            decline: {status: [402, 422], code: $.error.code}
            secrets: [key]
            variables:
              amount: 500
              order: "0012345"
              plain: 0012345
              live: false
            steps:
              - name: create
                timeout: 500ms
                http:
                  method: POST
                  path: /v1/payments?x=${order}
                  auth: bearer ${secret.key}
                  headers: {X-Api-Version: "7", X-Key: "${secret.key}"}
                  idempotent: true
                  sideEffect: hold
                  amount: ${amount} usd
                  json:
                    amount: ${amount}
                    reference: run-${run}
                    nested: [1, true, null, {a: b}]
                  bodyBytesMax: 4096
                extract:
                  payment: $.id
                  etag: {header: ETag, optional: true}
                expectDecline: [insufficient_funds]
                assert:
                  - status: [200, 201]
                  - json: $.state
                    oneOf: [held, done]
                  - json: $.fee
                    equals: 1.50
                  - header: Content-Type
                    present: true
                  - amount: $.amount
                    currency: $.currency
                    equals: ${amount} USD
                  - bodyBytesMax: 2000
                  - latencyMax: 2s
              - name: told
                webhookArrives: payment.held
            always:
              - name: find
                when: {unknown: payment}
                replay: create
              - name: undo
                when: {known: [payment], in: {payment: [a, b]}}
                http:
                  method: DELETE
                  path: /v1/payments/${payment}
                  sideEffect: void
                releasedWhen: {etag: gone}
            """;

    /** The plan with the mistake. */
    String yaml() {
        if (!base.contains(piece)) {
            throw new AssertionError("The plan has no " + piece);
        }
        return base.replace(piece, replacement);
    }

    @Override
    public String toString() {
        return problem;
    }

    static Stream<PlanMistake> all() {
        return Stream.of(
                        ofThePlan(),
                        ofMoney(),
                        ofNames(),
                        ofRequests(),
                        ofReferences(),
                        ofEffects(),
                        ofAssertions(),
                        ofSteps(),
                        FullPlan.mistakes())
                .flatMap(s -> s);
    }

    private static Stream<PlanMistake> ofThePlan() {
        return Stream.of(
                new PlanMistake(
                        "timeout: 20s\n",
                        "timeuot: 20s\n",
                        "plan.yaml:4: timeuot: unknown key; did you mean \"timeout\"? known are"
                                + " name, description, gateway, mode, timeout, connection, budget,"
                                + " idempotencyHeader, decline, oauth2, secrets, variables, steps,"
                                + " always"),
                new PlanMistake(
                        "gateway: acme\n",
                        "gateway: acme\ngateway: acme\n",
                        "plan.yaml:4: gateway: the key stands twice, first on line 3; keep one"),
                new PlanMistake(
                        "gateway: acme\n",
                        "",
                        "plan.yaml:1: gateway: it is missing; name the kind of gateway, such as"
                                + " stripe"),
                new PlanMistake(
                        "timeout: 20s",
                        "timeout: 20",
                        "plan.yaml:4: timeout: \"20\" is not a duration; write a number with its"
                                + " unit, such as 500ms, 10s or 2m"),
                new PlanMistake(
                                "timeout: 20s",
                                "timeout: 20m",
                                "plan.yaml:4: timeout: \"20m\" is out of bounds; write more than 0"
                                        + " and at"
                                        + " most 900s")
                        .ofMeaning(),
                new PlanMistake(
                        "timeout: 20s",
                        "mode: production",
                        "plan.yaml:4: mode: \"production\" is unknown; write one of test, live"),
                new PlanMistake(
                        "name: card\n",
                        "name: [card]\n",
                        "plan.yaml:1: name: it is a list; give the plan a name, such as"
                                + " stripe-card-refund"));
    }

    private static Stream<PlanMistake> ofMoney() {
        return Stream.of(
                new PlanMistake(
                                "perRun: 500,",
                                "perRun: 5.00,",
                                "plan.yaml:5: budget.perRun: it is 5.00; write a whole number from"
                                        + " 0 to"
                                        + " 1000000000000")
                        .ofMeaning(),
                new PlanMistake(
                        "currency: USD,",
                        "currency: usd,",
                        "plan.yaml:5: budget.currency: \"usd\" is not a currency; write an ISO 4217"
                                + " code, such as USD"),
                new PlanMistake(
                                "perDay: 5000}",
                                "perDay: 50}",
                                "plan.yaml:5: budget.perDay: it is less than perRun, so that no"
                                        + " run could"
                                        + " ever start")
                        .ofMeaning(),
                new PlanMistake(
                                "budget: {currency: USD, perRun: 500, perDay: 5000}\n",
                                "",
                                "plan.yaml:1: budget: it is missing; a plan that holds money must"
                                        + " say how"
                                        + " much it may hold")
                        .ofMeaning(),
                new PlanMistake(
                                "code: $.error.code",
                                "code: $..code",
                                "plan.yaml:6: decline.code: \"$..code\": a JSON path must name one"
                                        + " place,"
                                        + " as $.error.code does")
                        .ofMeaning());
    }

    private static Stream<PlanMistake> ofNames() {
        return Stream.of(
                new PlanMistake(
                                "secrets: [key]",
                                "secrets: [key, \"sk_test_abcdef\"]",
                                "plan.yaml:7: a gateway's key is written out here; declare it"
                                        + " under secrets"
                                        + " and refer to it as ${secret.name}")
                        .ofMeaning(),
                new PlanMistake(
                        "  live: false\n",
                        "  run: 1\n",
                        "plan.yaml:12: variables.run: a variable's name has letters, digits and"
                                + " underscores, and is not \"run\""),
                new PlanMistake(
                        "  live: false\n",
                        "  live: {a: b}\n",
                        "plan.yaml:12: variables.live: it is a mapping; write a text, a number, or"
                                + " true or false"),
                new PlanMistake(
                        "always:\n",
                        "always: []\nalwayz:\n",
                        "plan.yaml:49: alwayz: unknown key; did you mean \"always\"? known are"
                                + " name, description, gateway, mode, timeout, connection, budget,"
                                + " idempotencyHeader, decline, oauth2, secrets, variables, steps,"
                                + " always"),
                new PlanMistake(
                        "name: card\ndescription: One card payment\n",
                        "name: &a card\ndescription: *a\n",
                        "plan.yaml:2: description: anchors and aliases are not read; write the"
                                + " value out"));
    }

    private static Stream<PlanMistake> ofRequests() {
        return Stream.of(
                new PlanMistake(
                        "method: POST",
                        "metod: POST",
                        "plan.yaml:17: steps[0].http.metod: unknown key; did you mean \"method\"?"
                                + " known are method, path, url, version, redirects, headers,"
                                + " auth, form, json, raw, idempotent, replayCheck, sideEffect,"
                                + " amount, bodyBytesMax"),
                new PlanMistake(
                        "method: POST",
                        "method: post",
                        "plan.yaml:17: steps[0].http.method: \"post\" is not a method; write one of"
                                + " GET, POST, PUT, PATCH, DELETE, HEAD"),
                new PlanMistake(
                        "path: /v1/payments?",
                        "path: v1/payments?",
                        "plan.yaml:18: steps[0].http.path: \"v1/payments?x=${order}\" is not a"
                                + " path;"
                                + " begin with / and percent-encode what is not ASCII"),
                new PlanMistake(
                                "x=${order}",
                                "x=${ordre}",
                                "plan.yaml:18: steps[0].http.path: the variable \"ordre\" has no"
                                        + " value"
                                        + " here; did you mean \"order\"? known are run, amount,"
                                        + " order,"
                                        + " plain, live")
                        .ofMeaning(),
                new PlanMistake(
                                "x=${order}",
                                "x=${payment}",
                                "plan.yaml:18: steps[0].http.path: the variable \"payment\" has no"
                                        + " value"
                                        + " here; known are run, amount, order, plain, live")
                        .ofMeaning(),
                new PlanMistake(
                                "x=${order}",
                                "x=${order",
                                "plan.yaml:18: steps[0].http.path: \"${\" is not closed by \"}\";"
                                        + " write"
                                        + " ${name}")
                        .ofMeaning());
    }

    private static Stream<PlanMistake> ofReferences() {
        return Stream.of(
                new PlanMistake(
                                "reference: run-${run}",
                                "reference: ${secret.key}",
                                "plan.yaml:26: steps[0].http.json.reference: a secret may stand in"
                                        + " auth and"
                                        + " headers only; move it there")
                        .ofMeaning(),
                new PlanMistake(
                                "X-Key: \"${secret.key}\"",
                                "X-Key: \"${secret.kay}\"",
                                "plan.yaml:20: steps[0].http.headers.X-Key: the secret \"kay\" is"
                                        + " not"
                                        + " declared; add it to the plan's secrets")
                        .ofMeaning(),
                new PlanMistake(
                        "{X-Api-Version: \"7\",",
                        "{Content-Length: \"7\",",
                        "plan.yaml:20: steps[0].http.headers.Content-Length: the engine writes this"
                                + " header itself; leave it out"));
    }

    private static Stream<PlanMistake> ofEffects() {
        return Stream.of(
                new PlanMistake(
                        "auth: bearer ${secret.key}",
                        "auth: bearer abc",
                        "plan.yaml:19: steps[0].http.auth: write bearer ${secret.name}, basic"
                                + " ${secret.user} ${secret.password}, or oauth2 and the name of a"
                                + " client of the plan"),
                new PlanMistake(
                        "idempotent: true",
                        "idempotent: \"yes\"",
                        "plan.yaml:21: steps[0].http.idempotent: it is a text; write true or"
                                + " false"),
                new PlanMistake(
                        "sideEffect: hold",
                        "sideEffect: reserve",
                        "plan.yaml:22: steps[0].http.sideEffect: \"reserve\" is unknown; write one"
                                + " of create, hold, capture, refund, void"),
                new PlanMistake(
                        "amount: ${amount} usd",
                        "amount: ${amount}",
                        "plan.yaml:23: steps[0].http.amount: it is not an amount; write minor units"
                                + " and currency, such as 1099 USD or ${amount} ${currency}, or"
                                + " with decimals 10.99 USD major"));
    }

    private static Stream<PlanMistake> ofAssertions() {
        return Stream.of(
                new PlanMistake(
                        "        oneOf: [held, done]\n",
                        "        oneOf: [held, done]\n        present: true\n",
                        "plan.yaml:35: steps[0].assert[1]: it needs exactly one of equals, oneOf,"
                                + " present, absent, boolean, contains, matches, greaterThan,"
                                + " lessThan, atLeast, atMost, size, and has oneOf, present"),
                new PlanMistake(
                        "- bodyBytesMax: 2000",
                        "- bodySize: 2000",
                        "plan.yaml:44: steps[0].assert[5].bodySize: unknown key; known are status,"
                                + " json, header, xml, body, amount, bodyBytesMax, latencyMax,"
                                + " certificateDays, tlsProtocol"),
                new PlanMistake(
                        "- status: [200, 201]",
                        "- status: [200, ok]",
                        "plan.yaml:34: steps[0].assert[0].status: it is \"ok\"; write a whole"
                                + " number"
                                + " from 100 to 599"));
    }

    private static Stream<PlanMistake> ofSteps() {
        return Stream.of(
                new PlanMistake(
                        "webhookArrives: payment.held",
                        "webhookArives: payment.held",
                        "plan.yaml:46: steps[1]: a step needs exactly one of http, tcp, tls, dns,"
                                + " grpcHealth, webhookArrives, replay, and has none"),
                new PlanMistake(
                                "- name: told",
                                "- name: create",
                                "plan.yaml:13: steps: two steps are named \"create\"; step names"
                                        + " are"
                                        + " unique")
                        .ofMeaning(),
                new PlanMistake(
                                "replay: create",
                                "replay: told",
                                "plan.yaml:48: always: \"find\" repeats \"told\", which is not a"
                                        + " step with"
                                        + " idempotent: true; known are create")
                        .ofMeaning(),
                new PlanMistake(
                                "known: [payment],",
                                "known: [paymnt],",
                                "plan.yaml:53: always[1].when: the variable \"paymnt\" has no"
                                        + " value here;"
                                        + " did you mean \"payment\"? known are run, amount,"
                                        + " order, plain,"
                                        + " live, payment, etag")
                        .ofMeaning(),
                new PlanMistake(
                                "sideEffect: void",
                                "sideEffect: capture",
                                "plan.yaml:13: always: \"create\" holds money and no cleanup step"
                                        + " releases"
                                        + " it; add one with sideEffect: void or refund")
                        .ofMeaning());
    }
}
