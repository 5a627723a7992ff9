package io.paybeacon.probe.http;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One way in which a peer fails an attempt.
 *
 * @param name completes "a server that"
 * @param script what it does to a connection
 * @param deadline time of the attempt
 * @param reason what must be booked
 * @param lastPhase how far the attempt comes
 */
record HttpFault(
        String name,
        RawServer.Script script,
        Duration deadline,
        ProbeReason reason,
        Phase lastPhase) {

    static final Duration PATIENT = Duration.ofSeconds(20);
    static final Duration IMPATIENT = Duration.ofMillis(300);

    @Override
    public String toString() {
        return name;
    }

    static Stream<HttpFault> all() {
        return Stream.of(withoutAnswer(), cutShort(), withoutEnd(), tooLong(), HttpViolation.all())
                .flatMap(s -> s);
    }

    private static Stream<HttpFault> withoutAnswer() {
        return Stream.of(
                new HttpFault(
                        "closes without an answer",
                        (socket, server, _) -> {
                            server.readRequest(socket);
                            socket.close();
                        },
                        PATIENT,
                        ProbeReason.CLOSED,
                        Phase.SERVER),
                new HttpFault(
                        "resets without an answer",
                        (socket, server, _) -> {
                            server.readRequest(socket);
                            server.abort(socket);
                        },
                        PATIENT,
                        ProbeReason.RESET,
                        Phase.SERVER),
                new HttpFault(
                        "half-closes without an answer",
                        (socket, server, _) -> {
                            server.readRequest(socket);
                            server.halfClose(socket);
                        },
                        PATIENT,
                        ProbeReason.CLOSED,
                        Phase.SERVER),
                new HttpFault(
                        "never answers",
                        (socket, server, _) -> server.readRequest(socket),
                        IMPATIENT,
                        ProbeReason.TTFB_TIMEOUT,
                        Phase.SERVER));
    }

    private static Stream<HttpFault> cutShort() {
        return Stream.of(
                new HttpFault(
                        "sends half a head and closes",
                        respond("HTTP/1.1 200 OK\r\nContent-Le", true),
                        PATIENT,
                        ProbeReason.CLOSED,
                        Phase.TRANSFER),
                new HttpFault(
                        "sends half a head and falls silent",
                        respond("HTTP/1.1 200 OK\r\nContent-Le", false),
                        IMPATIENT,
                        ProbeReason.BODY_TIMEOUT,
                        Phase.TRANSFER),
                new HttpFault(
                        "sends half a body and closes",
                        respond("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", true),
                        PATIENT,
                        ProbeReason.CLOSED,
                        Phase.TRANSFER),
                new HttpFault(
                        "sends half a body and falls silent",
                        respond("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", false),
                        IMPATIENT,
                        ProbeReason.BODY_TIMEOUT,
                        Phase.TRANSFER),
                new HttpFault(
                        "breaks a chunk",
                        respond(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n",
                                false),
                        PATIENT,
                        ProbeReason.PROTOCOL,
                        Phase.TRANSFER),
                new HttpFault(
                        "speaks another protocol",
                        respond("SSH-2.0-OpenSSH_9.2\r\n\r\n", false),
                        PATIENT,
                        ProbeReason.PROTOCOL,
                        Phase.TRANSFER));
    }

    private static Stream<HttpFault> withoutEnd() {
        return Stream.of(
                new HttpFault(
                        "drips the head for ever",
                        dripping("HTTP/1.1 200 OK\r\n" + "X-Drip: 1\r\n".repeat(1000)),
                        IMPATIENT,
                        ProbeReason.BODY_TIMEOUT,
                        Phase.TRANSFER),
                new HttpFault(
                        "drips the body for ever",
                        dripping("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(10_000)),
                        IMPATIENT,
                        ProbeReason.BODY_TIMEOUT,
                        Phase.TRANSFER),
                new HttpFault(
                        "sends a body without end",
                        endless("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(8192)),
                        PATIENT,
                        ProbeReason.TOO_LARGE,
                        Phase.TRANSFER),
                new HttpFault(
                        "sends a head without end",
                        endless("HTTP/1.1 200 OK\r\n", "X-More: " + "x".repeat(1000) + "\r\n"),
                        PATIENT,
                        ProbeReason.TOO_LARGE,
                        Phase.TRANSFER),
                new HttpFault(
                        "sends interim responses without end",
                        endless("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
                        PATIENT,
                        ProbeReason.TOO_LARGE,
                        Phase.TRANSFER));
    }

    private static Stream<HttpFault> tooLong() {
        return Stream.of(
                new HttpFault(
                        "sends a body one byte too long",
                        respond(
                                "HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n"
                                        + "x".repeat(65537),
                                false),
                        PATIENT,
                        ProbeReason.TOO_LARGE,
                        Phase.TRANSFER),
                new HttpFault(
                        "sends a head with a line too long",
                        respond("HTTP/1.1 200 " + "O".repeat(20_000) + "\r\n\r\n", false),
                        PATIENT,
                        ProbeReason.TOO_LARGE,
                        Phase.TRANSFER));
    }

    static RawServer.Script respond(String text, boolean thenClose) {
        return (socket, server, _) -> {
            server.readRequest(socket);
            RawServer.write(socket, text);
            if (thenClose) {
                socket.close();
            }
        };
    }

    static RawServer.Script dripping(String text) {
        return (socket, server, _) -> {
            server.readRequest(socket);
            CountDownLatch never = new CountDownLatch(1);
            for (int i = 0; i < text.length(); i++) {
                RawServer.write(socket, text.substring(i, i + 1));
                if (never.await(10, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        };
    }

    static RawServer.Script endless(String head, String piece) {
        return (socket, server, _) -> {
            server.readRequest(socket);
            RawServer.write(socket, head);
            while (!socket.isClosed()) {
                RawServer.write(socket, piece);
            }
        };
    }
}
