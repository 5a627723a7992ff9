package io.paybeacon.probe.http;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One way in which a peer of HTTP/2 fails an attempt.
 *
 * @param name completes "a server that"
 * @param requests requests that the server reads before it fails: 0 or 1
 * @param script what it does to a connection
 * @param deadline time of the attempt
 * @param reason what must be booked; empty for nothing
 * @param phase a phase that the attempt must have come to
 */
record Http2Fault(
        String name,
        int requests,
        RawServer.Script script,
        Duration deadline,
        Optional<ProbeReason> reason,
        Phase phase) {

    private static final int PROTOCOL_ERROR = 1;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int PUSH_PROMISE = 5;

    /** What a peer does on the stream of a request. */
    private interface Answer {
        void on(H2Peer peer, int stream, Socket socket, RawServer server) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }

    static Stream<Http2Fault> all() {
        return Stream.of(beforeRequest(), broken(), floods(), silent(), allowed())
                .flatMap(faults -> faults);
    }

    private static Stream<Http2Fault> beforeRequest() {
        return Stream.of(
                unasked(
                        "answers in HTTP/1.1",
                        (socket, _, _) ->
                                RawServer.write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n"),
                        WireBench.PATIENT,
                        ProbeReason.PROTOCOL),
                unasked(
                        "closes at once",
                        (socket, _, _) -> socket.close(),
                        WireBench.PATIENT,
                        ProbeReason.CLOSED),
                unasked(
                        "sends no settings",
                        (socket, _, _) -> socket.getInputStream().read(),
                        WireBench.IMPATIENT,
                        ProbeReason.TTFB_TIMEOUT),
                unasked(
                        "sends settings that are not allowed",
                        (socket, server, _) ->
                                new H2Peer(socket, server)
                                        .greet(4, Integer.MIN_VALUE)
                                        .readRequest(),
                        WireBench.PATIENT,
                        ProbeReason.PROTOCOL),
                unasked(
                        "allows no stream",
                        (socket, server, _) ->
                                new H2Peer(socket, server)
                                        .greet(MAX_CONCURRENT_STREAMS, 0)
                                        .readRequest(),
                        WireBench.PATIENT,
                        ProbeReason.PROTOCOL));
    }

    private static Stream<Http2Fault> broken() {
        return Stream.of(
                asked(
                        "resets the stream amid the body",
                        (peer, stream, _, _) -> {
                            peer.frame(
                                    H2Peer.HEADERS, H2Peer.END_HEADERS, stream, H2Peer.STATUS_200);
                            peer.frame(H2Peer.DATA, 0, stream, new byte[10]);
                            peer.resetStream(stream, PROTOCOL_ERROR);
                        },
                        ProbeReason.RESET),
                asked(
                        "closes amid the body",
                        (peer, stream, socket, _) -> {
                            peer.frame(
                                    H2Peer.HEADERS, H2Peer.END_HEADERS, stream, H2Peer.STATUS_200);
                            peer.frame(H2Peer.DATA, 0, stream, new byte[10]);
                            socket.close();
                        },
                        ProbeReason.CLOSED),
                asked(
                        "sends data before a head",
                        (peer, stream, _, _) -> peer.frame(H2Peer.DATA, 0, stream, new byte[10]),
                        ProbeReason.PROTOCOL),
                asked(
                        "sends a head that cannot be unpacked",
                        (peer, stream, _, _) ->
                                peer.frame(
                                        H2Peer.HEADERS,
                                        H2Peer.END_HEADERS,
                                        stream,
                                        new byte[] {(byte) 0xff, 1, 2, 3}),
                        ProbeReason.PROTOCOL),
                asked(
                        "sends a head without a status",
                        (peer, stream, _, _) ->
                                peer.frame(H2Peer.HEADERS, H2Peer.END_HEADERS, stream),
                        ProbeReason.PROTOCOL),
                asked(
                        "pushes although that is turned off",
                        (peer, stream, _, _) ->
                                peer.frame(
                                        PUSH_PROMISE,
                                        H2Peer.END_HEADERS,
                                        stream,
                                        new byte[] {0, 0, 0, 2, H2Peer.STATUS_200}),
                        ProbeReason.PROTOCOL),
                asked(
                        "sends garbage",
                        (_, _, socket, _) -> RawServer.write(socket, "garbage".repeat(10)),
                        ProbeReason.PROTOCOL),
                asked(
                        "sends a frame of 16 MB",
                        (_, _, socket, _) -> RawServer.write(socket, "\u00ff".repeat(9)),
                        ProbeReason.PROTOCOL));
    }

    private static Stream<Http2Fault> floods() {
        return Stream.of(
                flood(
                        "sends PING without end",
                        (peer, _) -> peer.frame(H2Peer.PING, 0, 0, new byte[8]),
                        ProbeReason.TOO_LARGE),
                flood(
                        "sends SETTINGS without end",
                        (peer, _) -> peer.frame(H2Peer.SETTINGS, 0, 0),
                        ProbeReason.TOO_LARGE),
                flood(
                        "sends frames of an unknown type without end",
                        (peer, _) -> peer.frame(99, 0, 0, new byte[1000]),
                        ProbeReason.TOO_LARGE),
                continuation(),
                emptyData(),
                endlessBody());
    }

    private static Http2Fault continuation() {
        return asked(
                "sends CONTINUATION without end",
                (peer, stream, socket, _) -> {
                    peer.frame(H2Peer.HEADERS, 0, stream, H2Peer.STATUS_200);
                    while (!socket.isClosed()) {
                        peer.frame(H2Peer.CONTINUATION, 0, stream, literal());
                    }
                },
                ProbeReason.TOO_LARGE);
    }

    private static Http2Fault emptyData() {
        return asked(
                "sends empty DATA without end",
                (peer, stream, socket, _) -> {
                    peer.frame(H2Peer.HEADERS, H2Peer.END_HEADERS, stream, H2Peer.STATUS_200);
                    while (!socket.isClosed()) {
                        peer.frame(H2Peer.DATA, 0, stream);
                    }
                },
                ProbeReason.PROTOCOL);
    }

    private static Http2Fault endlessBody() {
        return asked(
                "sends a body without end",
                (peer, stream, socket, _) -> {
                    peer.frame(H2Peer.HEADERS, H2Peer.END_HEADERS, stream, H2Peer.STATUS_200);
                    while (!socket.isClosed()) {
                        peer.frame(H2Peer.DATA, 0, stream, new byte[8192]);
                    }
                },
                ProbeReason.TOO_LARGE);
    }

    /** A literal header, not indexed: name x, value of 100 characters (RFC 7541, 6.2.2). */
    private static byte[] literal() {
        byte[] field = new byte[104];
        java.util.Arrays.fill(field, (byte) 'x');
        field[0] = 0;
        field[1] = 1;
        field[3] = 100;
        return field;
    }

    private static Stream<Http2Fault> silent() {
        return Stream.of(
                new Http2Fault(
                        "never answers",
                        1,
                        answering((_, _, _, _) -> {}),
                        WireBench.IMPATIENT,
                        Optional.of(ProbeReason.TTFB_TIMEOUT),
                        Phase.SERVER),
                new Http2Fault(
                        "sends a head and falls silent",
                        1,
                        answering((peer, stream, _, _) ->
                                peer.frame(
                                        H2Peer.HEADERS,
                                        H2Peer.END_HEADERS,
                                        stream,
                                        H2Peer.STATUS_200)),
                        WireBench.IMPATIENT,
                        Optional.of(ProbeReason.BODY_TIMEOUT),
                        Phase.TRANSFER));
    }

    /** What looks odd and is allowed. */
    private static Stream<Http2Fault> allowed() {
        return Stream.of(
                asked(
                        "goes away after this stream, and answers it",
                        (peer, stream, socket, _) -> {
                            peer.goAway(stream, 0);
                            peer.respond(stream, "hi");
                            socket.close();
                        },
                        null),
                asked(
                        "answers, then says that it wants no more of the request",
                        (peer, stream, _, _) -> {
                            peer.respond(stream, "hi");
                            peer.resetStream(stream, 0);
                        },
                        null),
                asked(
                        "pings before it answers",
                        (peer, stream, _, _) -> {
                            peer.frame(H2Peer.PING, 0, 0, new byte[8]);
                            peer.respond(stream, "hi");
                        },
                        null));
    }

    private static Http2Fault unasked(
            String name, RawServer.Script script, Duration deadline, ProbeReason reason) {
        return new Http2Fault(name, 0, script, deadline, Optional.of(reason), Phase.SETTINGS);
    }

    private static Http2Fault asked(String name, Answer answer, ProbeReason reason) {
        return new Http2Fault(
                name,
                1,
                answering(answer),
                WireBench.PATIENT,
                Optional.ofNullable(reason),
                Phase.SERVER);
    }

    /** Sends one frame after another. */
    private interface Piece {
        void send(H2Peer peer, int stream) throws Exception;
    }

    private static Http2Fault flood(String name, Piece piece, ProbeReason reason) {
        return asked(
                name,
                (peer, stream, socket, _) -> {
                    while (!socket.isClosed()) {
                        piece.send(peer, stream);
                    }
                },
                reason);
    }

    private static RawServer.Script answering(Answer answer) {
        return (socket, server, _) -> {
            H2Peer peer = new H2Peer(socket, server).greet();
            answer.on(peer, peer.readRequest(), socket, server);
        };
    }
}
