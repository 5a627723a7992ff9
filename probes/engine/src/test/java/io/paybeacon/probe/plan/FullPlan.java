package io.paybeacon.probe.plan;

import java.util.stream.Stream;

/** A good plan with every kind of step, and the mistakes that can be made with them. */
final class FullPlan {

    static final String YAML =
            """
            name: full
            gateway: acme
            connection: keep
            budget: {currency: USD, perRun: 500, perDay: 5000}
            decline:
              - {status: 402, code: $.code, technical: ["91", "96"]}
              - {when: {json: $.result, oneOf: [Refused]}, code: $.refusal}
            oauth2:
              main:
                path: /v1/oauth2/token
                clientId: ${secret.clientId}
                clientSecret: ${secret.clientSecret}
                scope: payments
                clientAuth: body
                form: {audience: api}
            secrets: [clientId, clientSecret]
            variables: {amount: "5.00", statusPage: "https://status.example/api"}
            steps:
              - name: name
                dns: {type: AAAA, server: "127.0.0.1:53"}
                assert:
                  - dnsAnswer: {contains: "::1"}
              - name: certificate
                tls:
                assert:
                  - certificateDays: {atLeast: 14}
                  - tlsProtocol: [TLSv1.2, TLSv1.3]
              - name: mail
                tcp:
                  port: 25
                  dialogue:
                    - expect: "^220 "
                    - send: "EHLO x\\r\\n"
                    - startTls: true
              - name: health
                grpcHealth: {service: payments, tls: false}
                assert:
                  - latencyMax: 1s
              - name: status
                http: {method: GET, url: "${statusPage}", redirects: 2, version: "2"}
                assert:
                  - json: $.components
                    size: {atLeast: 1}
              - name: pay
                http:
                  method: POST
                  path: /payments
                  auth: oauth2 main
                  idempotent: true
                  replayCheck: true
                  sideEffect: hold
                  amount: ${amount} USD major
                  json: {value: "${amount}"}
                extract:
                  payment: {regex: 'id=([a-z0-9]+)'}
                  token: {json: $.token, optional: true, secret: true}
                  state: {xml: /answer/state, optional: true}
                assert:
                  - body: {matches: "id="}
                  - xml: /answer/state
                    equals: held
                  - json: $.score
                    greaterThan: 0.5
                  - json: $.live
                    boolean: false
                  - amount: $.amount.value
                    currency: $.amount.currency
                    equals: ${amount} USD major
            always:
              - name: search
                when: {unknown: payment}
                goneAfter: 10m
                http: {method: GET, path: "/payments?run=${run}", auth: oauth2 main}
                extract:
                  payment: {json: "$.data[0].id", optional: true}
              - name: undo
                when: {known: payment}
                http:
                  method: POST
                  path: /payments/${payment}/void
                  auth: oauth2 main
                  idempotent: true
                  sideEffect: void
            """;

    private FullPlan() {}

    static Stream<PlanMistake> mistakes() {
        return Stream.of(
                        ofThePlan(),
                        ofNetworkSteps(),
                        ofHttp(),
                        ofEffects(),
                        ofCleanup(),
                        ofAssertions())
                .flatMap(s -> s);
    }

    private static PlanMistake mistake(String piece, String replacement, String problem) {
        return new PlanMistake(YAML, piece, replacement, "plan.yaml:" + problem, true);
    }

    private static Stream<PlanMistake> ofThePlan() {
        return Stream.of(
                mistake(
                        "connection: keep",
                        "connection: pooled",
                        "3: connection: \"pooled\" is unknown; write one of fresh, keep"),
                mistake(
                        "code: $.code, technical: [\"91\", \"96\"]",
                        "technical: [\"91\"]",
                        "6: decline[0].technical: technical codes need code: where the code"
                                + " stands"),
                mistake(
                        "when: {json: $.result, oneOf: [Refused]}, code: $.refusal",
                        "code: $.refusal",
                        "7: decline[1].status: it is missing; write the HTTP status of a decline,"
                                + " or when with what its body says"),
                mistake(
                        "{json: $.result, oneOf: [Refused]}",
                        "{json: $.result}",
                        "7: decline[1].when: it needs exactly one of equals, oneOf, present,"
                                + " absent, boolean, contains, matches, greaterThan, lessThan,"
                                + " atLeast, atMost, size, and has none"),
                mistake(
                        "    scope: payments\n",
                        "    scopes: payments\n",
                        "13: oauth2.main.scopes: unknown key; did you mean \"scope\"? known are"
                                + " path, url, clientId, clientSecret, scope, clientAuth, form,"
                                + " timeout"),
                mistake(
                        "    clientSecret: ${secret.clientSecret}\n",
                        "    clientSecret: abc\n",
                        "12: oauth2.main.clientSecret: write ${secret.clientSecret}, and"
                                + " clientSecret under secrets"),
                mistake(
                        "clientAuth: body",
                        "clientAuth: digest",
                        "14: oauth2.main.clientAuth: \"digest\" is unknown; write one of basic,"
                                + " body"),
                mistake(
                                "auth: oauth2 main\n      idempotent: true\n      replayCheck",
                                "auth: oauth2 mian\n      idempotent: true\n      replayCheck",
                                "48: steps[5].http.auth: the plan has no oauth2 client \"mian\";"
                                        + " did you mean \"main\"? known are main")
                        .ofMeaning());
    }

    private static Stream<PlanMistake> ofNetworkSteps() {
        return Stream.of(
                mistake(
                        "type: AAAA",
                        "type: PTR",
                        "20: steps[0].dns.type: \"PTR\" is not a type of record; write one of A,"
                                + " AAAA, CNAME, TXT, MX, SRV, NS"),
                mistake(
                        "- dnsAnswer: {contains: \"::1\"}",
                        "- status: 200",
                        "22: steps[0].assert[0].status: unknown key; known are dnsAnswer,"
                                + " latencyMax"),
                mistake(
                        "certificateDays: {atLeast: 14}",
                        "certificateDays: 14",
                        "26: steps[1].assert[0].certificateDays: it is a number; it must be a"
                                + " mapping with the keys greaterThan, lessThan, atLeast, atMost"),
                mistake(
                        "certificateDays: {atLeast: 14}",
                        "certificateDays: {atleast: 14}",
                        "26: steps[1].assert[0].certificateDays.atleast: unknown key; did you mean"
                                + " \"atLeast\"? known are greaterThan, lessThan, atLeast, atMost"),
                mistake(
                        "[TLSv1.2, TLSv1.3]",
                        "[TLSv1.2, SSLv3]",
                        "27: steps[1].assert[1].tlsProtocol: \"SSLv3\" is not a version; write"
                                + " TLSv1.2, TLSv1.3 or a list of them"),
                mistake(
                        "      port: 25\n",
                        "      port: 70000\n",
                        "30: steps[2].tcp.port: it is 70000; write a whole number from 1 to 65535"),
                mistake(
                        "      port: 25\n",
                        "",
                        "30: steps[2].tcp.port: it is missing; write the TCP port, such as 443"),
                mistake(
                        "        - startTls: true\n",
                        "        - startTls: true\n          send: x\n",
                        "34: steps[2].tcp.dialogue[2]: a turn needs exactly one of send, expect,"
                                + " startTls, and has send, startTls"),
                mistake(
                                "      port: 25\n",
                                "      port: 25\n      tls: true\n",
                                "32: steps[2].tcp.dialogue: a connection goes over to TLS once;"
                                        + " keep one startTls or tls")
                        .ofMeaning(),
                mistake(
                                "expect: \"^220 \"",
                                "expect: \"(220\"",
                                "32: steps[2].tcp.dialogue[0].expect: \"(220\" is not a regular"
                                        + " expression of RE2: missing closing )")
                        .ofMeaning(),
                mistake(
                        "service: payments, tls: false",
                        "service: payments, tls: no-tls",
                        "36: steps[3].grpcHealth.tls: it is a text; write true or false"));
    }

    private static Stream<PlanMistake> ofHttp() {
        return Stream.of(
                mistake(
                        "url: \"${statusPage}\"",
                        "url: status.example",
                        "40: steps[4].http.url: \"status.example\" is not a URL; begin with"
                                + " https:// or with a variable"),
                mistake(
                        "url: \"${statusPage}\"",
                        "url: \"${statusPage}\", path: /x",
                        "40: steps[4].http.url: a request has a path or a url; keep one"),
                mistake(
                        "version: \"2\"",
                        "version: \"3\"",
                        "40: steps[4].http.version: \"3\" is not a version; write \"1.1\" or"
                                + " \"2\""),
                mistake(
                        "redirects: 2",
                        "redirects: 50",
                        "40: steps[4].http.redirects: it is 50; write a whole number from 0 to"
                                + " 10"));
    }

    private static Stream<PlanMistake> ofEffects() {
        return Stream.of(
                mistake(
                                "      replayCheck: true\n",
                                "      replayCheck: true\n      redirects: 1\n",
                                "18: steps: \"pay\" has a sideEffect and follows redirects; leave"
                                        + " one of the two out")
                        .ofMeaning(),
                mistake(
                                "      idempotent: true\n      replayCheck: true\n",
                                "",
                                "18: steps: \"pay\" has a sideEffect and no key; add idempotent:"
                                        + " true, or say idempotencyHeader: none where the gateway"
                                        + " offers no keys")
                        .ofMeaning(),
                mistake(
                                "connection: keep\n",
                                "connection: keep\nidempotencyHeader: none\n",
                                "19: steps: \"pay\" is idempotent: true, and the plan says"
                                        + " idempotencyHeader: none")
                        .ofMeaning(),
                mistake(
                                "{regex: 'id=([a-z0-9]+)'}",
                                "{regex: 'id=([a-z0-9]+)', optional: true}",
                                "18: steps: \"pay\" has replayCheck; it needs a sideEffect,"
                                        + " idempotent: true, and something it extracts, by which"
                                        + " the answers are compared")
                        .ofMeaning(),
                mistake(
                                "id=([a-z0-9]+)",
                                "id=[a-z0-9]+",
                                "55: steps[5].extract.payment.regex: put the value in parentheses:"
                                        + " group 1 is what is kept")
                        .ofMeaning(),
                mistake(
                        "{regex: 'id=([a-z0-9]+)'}",
                        "{regex: 'id=([a-z0-9]+)', json: $.id}",
                        "55: steps[5].extract.payment: it needs exactly one of json, header,"
                                + " regex, xml, and has json, regex"),
                mistake(
                        "amount: ${amount} USD major\n",
                        "amount: ${amount} USD minor units\n",
                        "52: steps[5].http.amount: it is not an amount; write minor units and"
                                + " currency, such as 1099 USD or ${amount} ${currency}, or with"
                                + " decimals 10.99 USD major"));
    }

    private static Stream<PlanMistake> ofCleanup() {
        return Stream.of(
                mistake(
                        "    goneAfter: 10m\n",
                        "    goneAfter: soon\n",
                        "72: always[0].goneAfter: \"soon\" is not a duration; write a number with"
                                + " its unit, such as 500ms, 10s or 2m"),
                mistake(
                                "[0].id\", optional: true}",
                                "[0].id\"}",
                                "69: always: \"search\" has goneAfter; only a search without a"
                                        + " sideEffect that extracts something optional can say"
                                        + " that nothing is there")
                        .ofMeaning(),
                mistake(
                        "  - name: pay\n",
                        "  - name: pay\n    goneAfter: 10m\n",
                        "45: steps[5].goneAfter: unknown key; known are name, timeout, http,"
                                + " extract, assert, expectDecline, releasedWhen"),
                mistake(
                        "always:\n",
                        "always:\n  - name: port\n    tcp: {port: 443}\n",
                        "69: always: \"port\" cleans nothing up; under always stand http and replay"
                                + " only"));
    }

    private static Stream<PlanMistake> ofAssertions() {
        return Stream.of(
                mistake(
                        "    equals: held",
                        "    is: held",
                        "61: steps[5].assert[1].is: unknown key; known are xml, equals, oneOf,"
                                + " present, absent, boolean, contains, matches, greaterThan,"
                                + " lessThan, atLeast, atMost, size"),
                mistake(
                                "xml: /answer/state\n",
                                "xml: /answer/(\n",
                                "60: steps[5].assert[1].xml: \"/answer/(\": it is not an XPath:"
                                        + " A location step was expected following the '/' or '//'"
                                        + " token.")
                        .ofMeaning(),
                mistake(
                                "greaterThan: 0.5",
                                "greaterThan: much",
                                "63: steps[5].assert[2].greaterThan: it is \"much\"; write a number"
                                        + " or a variable that has one")
                        .ofMeaning(),
                mistake(
                        "boolean: false",
                        "boolean: 0",
                        "65: steps[5].assert[3].boolean: it is a number; write true or false"),
                mistake(
                        "size: {atLeast: 1}",
                        "size: -1",
                        "43: steps[4].assert[0].size: it is -1; write a whole number from 0 to"
                                + " 2147483647"),
                mistake(
                        "size: {atLeast: 1}",
                        "size: {}",
                        "43: steps[4].assert[0].size: it is empty; write one of greaterThan,"
                                + " lessThan, atLeast, atMost"),
                mistake(
                        "body: {matches: \"id=\"}",
                        "body: id=",
                        "59: steps[5].assert[0].body: it is a text; it must be a mapping with the"
                                + " keys equals, oneOf, present, absent, boolean, contains,"
                                + " matches, greaterThan, lessThan, atLeast, atMost, size"));
    }
}
