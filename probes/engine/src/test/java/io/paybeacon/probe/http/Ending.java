package io.paybeacon.probe.http;

import io.paybeacon.core.event.ProbeReason;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a server does with one request, and with the connection after it. */
enum Ending {
    ANSWERS(Spoken.BOTH, false, null),
    SAYS_408_AND_CLOSES(Spoken.HTTP_1, false, null),
    CLOSES(Spoken.BOTH, false, ProbeReason.CLOSED),
    RESETS(Spoken.BOTH, false, ProbeReason.RESET),
    HALF_CLOSES(Spoken.BOTH, false, ProbeReason.CLOSED),
    GOES_AWAY(Spoken.HTTP_2, false, ProbeReason.CLOSED),
    GOES_AWAY_AND_CLOSES(Spoken.HTTP_2, false, ProbeReason.CLOSED),
    REFUSES_THE_STREAM(Spoken.HTTP_2, false, ProbeReason.RESET),
    ANSWERS_THEN_CLOSES_IDLE(Spoken.BOTH, true, null),
    ANSWERS_THEN_RESETS_IDLE(Spoken.BOTH, true, null),
    ANSWERS_THEN_HALF_CLOSES_IDLE(Spoken.BOTH, true, null),
    ANSWERS_THEN_SAYS_408_IDLE(Spoken.HTTP_1, true, null),
    ANSWERS_THEN_GOES_AWAY_IDLE(Spoken.HTTP_2, true, null);

    /** In which versions of HTTP there is such an ending. */
    enum Spoken {
        BOTH,
        HTTP_1,
        HTTP_2
    }

    private static final int REFUSED_STREAM = 7;

    private final Spoken spoken;

    /** Whether the connection ends after the answer, while nobody asks. */
    final boolean idle;

    final Optional<ProbeReason> reason;

    Ending(Spoken spoken, boolean idle, ProbeReason reason) {
        this.spoken = spoken;
        this.idle = idle;
        this.reason = Optional.ofNullable(reason);
    }

    static List<Ending> of(Protocol protocol) {
        Spoken other = protocol == Protocol.HTTP_1_1 ? Spoken.HTTP_2 : Spoken.HTTP_1;
        return Arrays.stream(values()).filter(ending -> ending.spoken != other).toList();
    }

    /** Answers with 200, under whatever the connection speaks. */
    interface Answering {
        void answer() throws Exception;
    }

    /**
     * Does what comes before the client knows the outcome.
     *
     * @return whether the connection can carry another request
     */
    boolean now(Socket socket, RawServer server, H2Peer peer, int stream, Answering answering)
            throws Exception {
        switch (this) {
            case CLOSES -> socket.close();
            case RESETS -> server.abort(socket);
            case HALF_CLOSES -> server.halfClose(socket);
            case GOES_AWAY -> peer.goAway(0, 0);
            case GOES_AWAY_AND_CLOSES -> {
                peer.goAway(0, 0);
                socket.close();
            }
            case REFUSES_THE_STREAM -> peer.resetStream(stream, REFUSED_STREAM);
            case SAYS_408_AND_CLOSES -> {
                RawServer.write(
                        socket, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
                socket.close();
            }
            case ANSWERS,
                    ANSWERS_THEN_CLOSES_IDLE,
                    ANSWERS_THEN_RESETS_IDLE,
                    ANSWERS_THEN_HALF_CLOSES_IDLE,
                    ANSWERS_THEN_SAYS_408_IDLE,
                    ANSWERS_THEN_GOES_AWAY_IDLE ->
                    answering.answer();
        }
        return this == ANSWERS || idle;
    }

    /** Does what comes after the client has its answer. */
    void whileIdle(Socket socket, RawServer server, H2Peer peer, int stream) throws Exception {
        switch (this) {
            case ANSWERS_THEN_CLOSES_IDLE -> socket.close();
            case ANSWERS_THEN_RESETS_IDLE -> server.abort(socket);
            case ANSWERS_THEN_HALF_CLOSES_IDLE -> server.halfClose(socket);
            case ANSWERS_THEN_SAYS_408_IDLE -> {
                RawServer.write(
                        socket, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
                socket.close();
            }
            case ANSWERS_THEN_GOES_AWAY_IDLE -> peer.goAway(stream, 0);
            case ANSWERS,
                    SAYS_408_AND_CLOSES,
                    CLOSES,
                    RESETS,
                    HALF_CLOSES,
                    GOES_AWAY,
                    GOES_AWAY_AND_CLOSES,
                    REFUSES_THE_STREAM ->
                    throw new IllegalStateException(this + " does nothing while idle");
        }
    }
}
