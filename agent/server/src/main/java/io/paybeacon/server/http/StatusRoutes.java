package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.telemetry.ExpositionFormat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The scrape, the health of the process, and the index page. */
final class StatusRoutes {
    private static final String NOT_STARTED = "The engine has not started yet.";
    private static final String INDEX =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Paybeacon</title></head>
            <body>
            <h1>Paybeacon</h1>
            <ul>
            <li><a href="/metrics">/metrics</a>: what Prometheus scrapes</li>
            <li><a href="/-/healthy">/-/healthy</a>: whether the process serves</li>
            <li><a href="/-/ready">/-/ready</a>: whether events are accepted</li>
            <li><a href="/api/v1/findings">/api/v1/findings</a>: what is wrong;
                narrow it with kind, state, severity, gateway, subject, from, before</li>
            <li>POST /api/v1/findings/{id}/acts: acts on one</li>
            <li><a href="/api/v1/gateways">/api/v1/gateways</a>: every gateway as a whole</li>
            <li><a href="/api/v1/probes">/api/v1/probes</a>: the synthetic transactions;
                /api/v1/probes/{probe}/runs/last tells one run in full, also failed or an id</li>
            <li>/probe?target=HOST:PORT&amp;module=NAME: one probe, for a scrape</li>
            <li>/api/v1/payments/{id}: one payment, by gateway:reference or by a reference;
                /api/v1/payments?reference={order}: those of an order</li>
            <li><a href="/api/v1/openapi.yaml">/api/v1/openapi.yaml</a>: all of it, for tools</li>
            <li>POST /in/{gateway}: webhooks of a gateway</li>
            <li>POST /-/reload: reads the configuration anew</li>
            </ul>
            </body>
            </html>
            """;

    private final HttpServices services;
    private final BlockingCalls calls;

    StatusRoutes(HttpServices services, BlockingCalls calls) {
        this.services = services;
        this.calls = calls;
    }

    /** What everybody may ask: a supervisor has no token, and learns nothing but its answer. */
    void mountOpen(Routes routes) {
        routes.mount(Operation.HEALTHY, StatusRoutes::healthy);
        routes.mount(Operation.READY, this::ready);
    }

    void mount(Routes routes) {
        routes.mount(Operation.METRICS, this::metrics);
        routes.mount(Operation.INDEX, StatusRoutes::index);
    }

    private void metrics(RoutingContext request) {
        ExpositionFormat format =
                ExpositionFormat.negotiate(request.request().getHeader(HttpHeaders.ACCEPT));
        boolean zipped = acceptsGzip(request.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
        calls.answer(
                request,
                () -> {
                    byte[] text = scrape(format);
                    return Buffer.buffer(zipped ? gzip(text) : text);
                },
                body -> {
                    HttpServerResponse response = request.response();
                    response.putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding");
                    if (zipped) {
                        response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
                    }
                    Answers.send(request, 200, format.contentType(), body);
                });
    }

    private byte[] scrape(ExpositionFormat format) {
        Optional<Engine> engine = services.engine().get();
        return engine.isPresent()
                ? services.exposition().write(format, engine.get().metrics(), engine.get().status())
                : services.exposition()
                        .write(
                                format,
                                MetricSnapshot.EMPTY,
                                new EngineStatus(NOT_STARTED, 0, 0, 0));
    }

    private static boolean acceptsGzip(@Nullable String header) {
        if (header == null) {
            return false;
        }
        for (String coding : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.replace(" ", "").split(";", 2);
            if (parts[0].equals("gzip")) {
                return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text);
        }
        return bytes.toByteArray();
    }

    private static void healthy(RoutingContext request) {
        text(request, "Paybeacon serves.\n");
    }

    private void ready(RoutingContext request) {
        Optional<Engine> engine = services.engine().get();
        String reason = engine.isPresent() ? engine.get().status().unready() : NOT_STARTED;
        if (reason == null) {
            // Events are accepted all the same: what is found waits in the engine.
            text(
                    request,
                    services.findings().failure().isEmpty()
                            ? "Paybeacon accepts events.\n"
                            : "Paybeacon accepts events.\nThe findings store does not answer.\n");
        } else {
            Answers.problem(request, 503, "Not ready", reason);
        }
    }

    private static void index(RoutingContext request) {
        request.response().putHeader("Content-Security-Policy", "default-src 'none'");
        Answers.send(request, 200, "text/html; charset=utf-8", Buffer.buffer(INDEX));
    }

    private static void text(RoutingContext request, String text) {
        Answers.send(request, 200, "text/plain; charset=utf-8", Buffer.buffer(text));
    }
}
