package io.paybeacon.server.config.schema;

/** A configuration in which every key stands once at least; a test reads it. */
final class ConfigExample {
    /** The file. */
    static final String TEXT =
            """
            listen: 0.0.0.0:9465
            tls: {certificate: "${file:server.pem}", key: "${file:server.key}"}
            token: ${file:token}
            tokens:
              grafana: {role: read, secrets: "${file:grafana-token}"}
              support: {role: act, secrets: ["${file:support-token}", "${file:support-next}"]}
            webhooks: {requestsPerSecond: 500, burst: 2000}
            data: ./data

            gateways:
              stripe-eu:
                kind: stripe
                apiKey: ${env:STRIPE_TEST_KEY}
                webhookSecrets: ["${file:stripe-webhook-secret}"]
                pace: {requestsPerSecond: 20, burst: 20, concurrentRuns: 4}
              card-acquirer:
                kind: card
                url: https://gateway.example/api
                secrets: {key: "${file:card-key}"}
                trust: ca.pem
                clientCertificate: {certificate: "${file:client.pem}", key: "${file:client.key}"}
                proxy:
                  url: http://proxy.example:3128
                  user: ${env:PROXY_USER}
                  password: ${file:proxy-password}
                maintenance:
                  - {from: 2026-12-01T02:00Z, to: 2026-12-01T04:00Z}
              marketplace:
                kind: adyen
                secrets: {key: "${env:ADYEN_TEST_KEY}"}
                webhookSecrets: ${file:adyen-hmac-key}
                capture: manual

            probes:
              card:
                plan: stripe/card-capture-refund
                gateway: stripe-eu
                every: 15s
                variables: {amount: 1250}
                confirm: true
                maintenance:
                  - {days: [sat, sun], from: "02:00", for: 2h, zone: Europe/Berlin}

            sources:
              status-page:
                gateway: stripe-eu
                kind: statusPage
                url: https://status.example/api/v2/summary.json
                every: 60s
                timeout: 10s
                components: [Payments API, Webhooks]
              checkout:
                gateway: stripe-eu
                kind: prometheus
                url: https://checkout.internal:9100/metrics
                token: ${file:source-token}
                trust: ca.pem
                clientCertificate: {certificate: "${file:client.pem}", key: "${file:client.key}"}
                proxy: {url: "socks5://proxy.example:1080"}
                series:
                  latency:
                    increase: http_seconds_sum{target="stripe"}
                    per: http_seconds_count{target="stripe"}
                    unit: seconds
                  errorRatio: {series: 'http_error_ratio{target="stripe"}'}
                  status: {series: 'http_target_status{target="stripe"}'}
              slo:
                gateway: card-acquirer
                kind: promql
                url: https://prometheus.internal:9090
                user: ${env:SOURCE_USER}
                password: ${file:source-password}
                queries:
                  latency: histogram_quantile(0.99, sum by (le) (rate(pay_seconds_bucket[5m])))
                  errorRatio: sum(rate(pay_errors_total[5m])) / sum(rate(pay_total[5m]))
                  status: max(pay_gateway_status)

            health:
              canaries: ["tcp://192.0.2.1:443", "dns://example.com"]
              every: 5s
              timeout: 2s
              eventLoopLagMax: 500ms
              pauseMax: 500ms
              clockJumpMax: 1s
              recovery: 10s
              clockSettle: 2m

            modules:
              order_api:
                timeout: 5s
                trust: ca.pem
                clientCertificate: {certificate: "${file:client.pem}", key: "${file:client.key}"}
                proxy: {url: "http://proxy.example:3128"}
                http:
                  method: POST
                  version: "2"
                  headers: {Content-Type: application/json}
                  body: "{}"
                  token: ${file:module-token}
                  status: [200, 201]
                  redirects: 0
                  bodyMatches: ["\\"status\\": *\\"ok\\""]
                  bodyNotMatches: error
                  failIfNotTls: true
              plain_page:
                http: {user: "${env:MODULE_USER}", password: "${file:module-password}",
                    failIfTls: true}
              smtp:
                tcp:
                  tls: false
                  dialogue:
                    - {expect: "^220 "}
                    - {send: EHLO paybeacon}
                    - {expect: "250[ -]STARTTLS"}
                    - {send: STARTTLS}
                    - {expect: "^220"}
                    - {startTls: true}
              certificate:
                tls: {serverName: api.example}
              zone:
                dns: {name: api.example, type: AAAA, tcp: true, answerMatches: "2001:db8::"}
              service:
                grpc: {service: payments.v1.Payments, tls: true}

            payments:
              stuckAfter:
                created: 1h
                actionRequired: 3h
                processing: 3d
                authorised: 5d
                partiallyCaptured: 5d
                unknown: 1h
              settle: 1m
              parkedFor: 1h
              holdExpiryLead: 1d
              orderGrace: 15m
              keptFor: 540d

            findings:
              url: postgresql://db.example:5432/paybeacon
              agent: eu-1
              user: ${env:FINDINGS_USER}
              password: ${file:findings-password}
              tls: verify
              trust: ca.pem
              connections: 4
              connectTimeout: 5s
              statementTimeout: 10s
            """;

    private ConfigExample() {}
}
