package io.paybeacon.probe.http;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import java.time.Duration;
import java.util.stream.Stream;

/** Responses that break the rules of HTTP/1.1, or that use them against the reader. */
final class HttpViolation {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    private HttpViolation() {}

    static Stream<HttpFault> all() {
        return Stream.of(heads(), lengths(), chunks(), endless(), resets()).flatMap(s -> s);
    }

    private static Stream<HttpFault> heads() {
        return Stream.of(
                says("ends its lines with LF", "HTTP/1.1 200 OK\nContent-Length: 0\n\n"),
                says("claims HTTP/2 in a line", "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n"),
                says("claims HTTP/0.9 in a line", "HTTP/0.9 200 OK\r\nContent-Length: 0\r\n\r\n"),
                says("has a status that is no number", "HTTP/1.1 OK OK\r\n\r\n"),
                says("has a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n"),
                says("has a header without a name", OK + ": x\r\nContent-Length: 0\r\n\r\n"),
                says("has a header without a colon", OK + "nonsense\r\nContent-Length: 0\r\n\r\n"),
                says(
                        "switches protocols",
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"),
                silentAfter(
                        "sends garbage without a line end",
                        "\u0000\u0001garbage".repeat(10),
                        ProbeReason.BODY_TIMEOUT),
                silentAfter(
                        "sends an interim response and falls silent",
                        "HTTP/1.1 102 Processing\r\n\r\n",
                        ProbeReason.BODY_TIMEOUT));
    }

    private static Stream<HttpFault> lengths() {
        return Stream.of(
                says(
                        "has a length and chunks",
                        OK
                                + "Content-Length: 4\r\n"
                                + CHUNKED.substring(OK.length())
                                + "0\r\n\r\n"),
                says("sends more than its length", OK + "Content-Length: 2\r\n\r\nhiii"),
                says("has two lengths", OK + "Content-Length: 2\r\nContent-Length: 4\r\n\r\nhiii"),
                says("has a negative length", OK + "Content-Length: -2\r\n\r\nhi"),
                says("has a length that is no number", OK + "Content-Length: two\r\n\r\nhi"),
                new HttpFault(
                        "announces more than is taken and falls silent",
                        HttpFault.respond(OK + "Content-Length: 99999999999\r\n\r\nhi", false),
                        HttpFault.PATIENT,
                        ProbeReason.TOO_LARGE,
                        Phase.TRANSFER),
                new HttpFault(
                        "sends less than its length and closes",
                        HttpFault.respond(OK + "Content-Length: 9\r\n\r\nhi", true),
                        HttpFault.PATIENT,
                        ProbeReason.CLOSED,
                        Phase.TRANSFER));
    }

    private static Stream<HttpFault> chunks() {
        return Stream.of(
                says("has a chunk longer than it says", CHUNKED + "1\r\nabc\r\n0\r\n\r\n"),
                says("has a chunk of negative length", CHUNKED + "-1\r\nabc\r\n0\r\n\r\n"),
                new HttpFault(
                        "closes amid a chunk",
                        HttpFault.respond(CHUNKED + "5\r\nab", true),
                        HttpFault.PATIENT,
                        ProbeReason.CLOSED,
                        Phase.TRANSFER),
                new HttpFault(
                        "closes before the last chunk",
                        HttpFault.respond(CHUNKED + "2\r\nab\r\n", true),
                        HttpFault.PATIENT,
                        ProbeReason.CLOSED,
                        Phase.TRANSFER));
    }

    private static Stream<HttpFault> endless() {
        return Stream.of(
                without("sends 10 MB in one header", OK + "X-Long: ", "x".repeat(8192)),
                without("sends chunks without end", CHUNKED, "400\r\n" + "x".repeat(1024) + "\r\n"),
                without("sends tiny chunks without end", CHUNKED, "1\r\nx\r\n"),
                without("sends a chunk extension without end", CHUNKED + "1;a=", "x".repeat(8192)),
                without("sends trailers without end", CHUNKED + "0\r\n", "X-More: 1\r\n"),
                without("sends a reason phrase without end", "HTTP/1.1 200 ", "O".repeat(8192)),
                without(
                        "sends a gzip stream without end",
                        OK + "Content-Encoding: gzip\r\n\r\n",
                        "\u001f\u008b\b\u0000".repeat(1024)));
    }

    private static Stream<HttpFault> resets() {
        return Stream.of(
                resetsAfter("resets amid the status line", "HTTP/1."),
                resetsAfter("resets amid the head", OK + "X-A: "),
                resetsAfter("resets amid the body", OK + "Content-Length: 9\r\n\r\nab"),
                resetsAfter("resets amid a chunk", CHUNKED + "5\r\nab"));
    }

    private static HttpFault says(String name, String text) {
        return new HttpFault(
                name,
                HttpFault.respond(text, false),
                HttpFault.PATIENT,
                ProbeReason.PROTOCOL,
                Phase.TRANSFER);
    }

    private static HttpFault silentAfter(String name, String text, ProbeReason reason) {
        return new HttpFault(
                name,
                HttpFault.respond(text, false),
                Duration.ofMillis(300),
                reason,
                Phase.TRANSFER);
    }

    private static HttpFault without(String name, String head, String piece) {
        return new HttpFault(
                name,
                HttpFault.endless(head, piece),
                HttpFault.PATIENT,
                ProbeReason.TOO_LARGE,
                Phase.TRANSFER);
    }

    private static HttpFault resetsAfter(String name, String text) {
        return new HttpFault(
                name,
                (socket, server, _) -> {
                    server.readRequest(socket);
                    RawServer.write(socket, text);
                    server.abort(socket);
                },
                HttpFault.PATIENT,
                ProbeReason.RESET,
                // The kernel may drop what came before the reset.
                Phase.WRITE);
    }
}
