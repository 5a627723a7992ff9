package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.probe.Prober;
import io.paybeacon.probe.ProberSettings;
import io.paybeacon.probe.health.HealthListener;
import io.paybeacon.probe.health.HealthSettings;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.PlanReader;
import io.paybeacon.probe.plan.PlanReading;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.secret.Secret;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** An engine, the Acme gateway, and the plan between them. */
final class ProbeBench {

    static final String KEY = "acme_key_canary_4d1f";

    static final String PLAN =
            """
            name: acme-card
            gateway: acme
            timeout: 20s
            budget: {currency: USD, perRun: 500, perDay: 100000}
            decline: {status: 402, code: $.error.code}
            secrets: [key]
            variables: {amount: 500, card: "4242 4242 4242 4242"}
            steps:
              - name: create
                timeout: 5s
                http:
                  method: POST
                  path: /payments
                  auth: bearer ${secret.key}
                  idempotent: true
                  sideEffect: hold
                  amount: ${amount} USD
                  json: {amount: "${amount}", run: "${run}", card: "${card}"}
                extract:
                  payment: $.id
                assert:
                  - json: $.state
                    equals: held
                  - amount: $.amount
                    currency: $.currency
                    equals: ${amount} USD
              - name: capture
                timeout: 5s
                http:
                  method: POST
                  path: /payments/${payment}/capture
                  auth: bearer ${secret.key}
                  idempotent: true
                  sideEffect: capture
                assert:
                  - json: $.state
                    equals: captured
            always:
              - name: find
                when: {unknown: payment}
                replay: create
              - name: undo
                when: {known: payment}
                http:
                  method: POST
                  path: /payments/${payment}/void
                  auth: bearer ${secret.key}
                  idempotent: true
                  sideEffect: void
                assert:
                  - json: $.state
                    equals: voided
            """;

    final Vertx vertx = Vertx.vertx();
    final AcmeGateway gateway = new AcmeGateway();
    final List<ProbeEvent> events = new CopyOnWriteArrayList<>();
    final Path dataDirectory;
    Prober prober;

    ProbeBench(Path dataDirectory) throws IOException {
        this.dataDirectory = dataDirectory;
        this.prober = open(dataDirectory);
    }

    Prober open(Path directory) throws IOException {
        return Prober.open(
                vertx,
                new ProberSettings(
                        directory,
                        InstantSource.system(),
                        System::nanoTime,
                        new Random(11 + events.size()),
                        events::add,
                        HealthSettings.DEFAULT,
                        HealthListener.NONE,
                        null));
    }

    static Plan plan(String yaml) {
        return switch (PlanReader.read("acme.yaml", yaml)) {
            case PlanReading.Accepted accepted -> accepted.plan();
            case PlanReading.Rejected rejected ->
                    throw new AssertionError(rejected.problems().toString());
        };
    }

    ProbeTarget target(String yaml) {
        return new ProbeTarget(
                "acme-probe",
                "acme-main",
                plan(yaml),
                URI.create(gateway.url()),
                Map.of("key", Secret.of(KEY)),
                Map.of(),
                Duration.ofSeconds(1),
                TlsProfile.PUBLIC,
                Optional.empty(),
                RunPolicy.DEFAULT);
    }

    RunResult run(String yaml) throws Exception {
        return prober.runOnce(target(yaml)).await(60, TimeUnit.SECONDS);
    }

    void close() throws Exception {
        prober.close().await(60, TimeUnit.SECONDS);
        gateway.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }
}
