package io.paybeacon.server.http;

import io.paybeacon.server.blackbox.ProbeEndpoint.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** One probe of a target for a scrape: {@code GET /probe?target=TARGET&module=MODULE}. */
final class TargetRoutes {
    private static final String SCRAPE_TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServices services;

    TargetRoutes(HttpServices services) {
        this.services = services;
    }

    void mount(Routes routes) {
        routes.mount(Operation.PROBE_TARGET, this::probe);
    }

    private void probe(RoutingContext request) {
        services.targets()
                .probe(
                        request.queryParams().get("target"),
                        request.queryParams().get("module"),
                        request.request().getHeader(SCRAPE_TIMEOUT))
                .onComplete(done -> {
                    if (done.failed()) {
                        Answers.problem(
                                request, 500, "Probe failed", "The agent failed at the probe.");
                        return;
                    }
                    switch (done.result()) {
                        case Reply.Samples(String text) ->
                                Answers.send(request, 200, TEXT, Buffer.buffer(text));
                        case Reply.Refused(int status, String why) ->
                                Answers.problem(request, status, "No probe", why);
                    }
                });
    }
}
