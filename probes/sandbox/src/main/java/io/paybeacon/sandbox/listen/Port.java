package io.paybeacon.sandbox.listen;

import io.paybeacon.sandbox.fault.Effect.CertificateFlaw;
import io.paybeacon.sandbox.fault.FaultEngine.Ports;
import io.paybeacon.sandbox.limit.Limits;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A port that answers, refuses, or accepts and keeps silent, and can change between these. While
 * it does not answer it stays bound, so that nobody else gets it. Confined to one event loop,
 * except {@link #number}.
 */
public final class Port {
    private final Vertx vertx;
    private final String host;
    private final Optional<Certificates> certificates;
    private final Handler<HttpServerRequest> handler;
    private volatile int number;
    private Ports state = new Ports(false, false, Optional.empty());
    private Future<Void> pending = Future.succeededFuture();
    private @Nullable HttpServer server;
    private @Nullable Socket refusing;
    private @Nullable ServerSocket silent;

    /**
     * A port that does not listen yet.
     *
     * @param number 0 takes a free one
     * @param certificates for TLS with HTTP/1.1 and HTTP/2; empty for plain HTTP
     */
    public Port(
            Vertx vertx,
            String host,
            int number,
            Optional<Certificates> certificates,
            Handler<HttpServerRequest> handler) {
        this.vertx = vertx;
        this.host = host;
        this.number = number;
        this.certificates = certificates;
        this.handler = handler;
    }

    /** The TCP port; 0 until it listens for the first time. Any thread. */
    public int number() {
        return number;
    }

    /** Begins to listen. */
    public Future<Void> listen() {
        pending = open();
        return pending;
    }

    /** Changes to that state, after every change asked for before; done when it is in force. */
    public Future<Void> apply(Ports wanted) {
        pending = pending.transform(before -> change(wanted));
        return pending;
    }

    /** Ends; nobody can connect any more, requests under way get a second. */
    public Future<Void> close() {
        return pending.transform(before -> release(1));
    }

    private Future<Void> change(Ports wanted) {
        Ports now = relevant(wanted);
        if (now.equals(state)) {
            return Future.succeededFuture();
        }
        return release(0)
                .compose(released -> {
                    state = now;
                    return take(Limits.PORT_TRIES_MAX);
                });
    }

    /** Takes the port; the system may need a moment to let go of it. */
    private Future<Void> take(int tries) {
        return (state.refused() || state.silent() ? occupy() : open())
                .recover(taken ->
                        tries <= 1
                                ? Future.failedFuture(taken)
                                : vertx.timer(Limits.PORT_RETRY_MILLIS, TimeUnit.MILLISECONDS)
                                        .compose(t -> take(tries - 1)));
    }

    /** A plain port shows no certificate, and a closed one none either. */
    private Ports relevant(Ports wanted) {
        Optional<CertificateFlaw> flaw =
                certificates.isEmpty() || wanted.refused() || wanted.silent()
                        ? Optional.empty()
                        : wanted.flaw();
        return new Ports(wanted.refused(), wanted.silent() && !wanted.refused(), flaw);
    }

    private Future<Void> release(int graceSeconds) {
        try {
            if (refusing != null) {
                refusing.close();
            }
            if (silent != null) {
                silent.close();
            }
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
        refusing = null;
        silent = null;
        HttpServer running = server;
        server = null;
        return running == null
                ? Future.succeededFuture()
                : running.shutdown(graceSeconds, TimeUnit.SECONDS);
    }

    private Future<Void> occupy() {
        InetSocketAddress address = new InetSocketAddress(host, number);
        try {
            if (state.refused()) {
                // Bound, but not listening: the system answers every attempt with a reset.
                Socket bound = new Socket();
                refusing = bound;
                bound.setReuseAddress(true);
                bound.bind(address);
            } else {
                // The system accepts on its own until the backlog is full; nobody reads.
                ServerSocket listening = new ServerSocket();
                silent = listening;
                listening.setReuseAddress(true);
                listening.bind(address, Limits.SILENT_CONNECTIONS_MAX);
            }
            return Future.succeededFuture();
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Void> open() {
        HttpServerOptions options = new HttpServerOptions();
        certificates.ifPresent(c ->
                options.setSsl(true).setUseAlpn(true).setKeyCertOptions(c.shown(state.flaw())));
        // A client that goes away in the middle is everyday business here, not worth a log line.
        HttpServer fresh =
                vertx.createHttpServer(options)
                        .exceptionHandler(failed -> {})
                        .connectionHandler(connection -> connection.exceptionHandler(gone -> {}))
                        .requestHandler(handler);
        server = fresh;
        return fresh.listen(number, host)
                .map(listening -> {
                    number = listening.actualPort();
                    return null;
                });
    }
}
