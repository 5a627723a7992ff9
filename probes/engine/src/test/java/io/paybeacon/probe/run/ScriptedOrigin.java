package io.paybeacon.probe.run;

import io.paybeacon.probe.http.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A server on loopback whose answers are written in the test, by method and path. It keeps
 * connections open, and answers what nobody wrote an answer for with 404.
 */
final class ScriptedOrigin implements AutoCloseable {

    private final Map<String, Function<String, String>> answers = new LinkedHashMap<>();
    private final RawServer server;

    ScriptedOrigin() throws IOException {
        server =
                new RawServer((socket, raw, _) -> {
                    while (!socket.isClosed()) {
                        String request = raw.readRequest(socket);
                        RawServer.write(socket, answer(request));
                    }
                });
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    int connections() {
        return server.connections();
    }

    /** Requests in the order in which they came, head and body. */
    List<String> requests() {
        return server.requests();
    }

    /** First lines of the requests, without the version. */
    List<String> lines() {
        return requests().stream()
                .map(request -> request.substring(0, request.indexOf(" HTTP/")))
                .toList();
    }

    /** Always the same answer to requests that begin like that, such as {@code POST /payments}. */
    ScriptedOrigin on(String beginning, String response) {
        return on(beginning, _ -> response);
    }

    synchronized ScriptedOrigin on(String beginning, Function<String, String> answer) {
        answers.remove(beginning);
        answers.put(beginning, answer);
        return this;
    }

    private synchronized String answer(String request) {
        return answers.entrySet().stream()
                .filter(entry -> request.startsWith(entry.getKey()))
                .reduce((_, later) -> later)
                .map(entry -> entry.getValue().apply(request))
                .orElseGet(() -> RawServer.json(404, "{}"));
    }

    static String json(String body) {
        return RawServer.json(200, body);
    }

    static String redirect(int status, String location) {
        return "HTTP/1.1 %d Elsewhere\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                .formatted(status, location);
    }

    static String body(String contentType, String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(contentType, body.getBytes(StandardCharsets.ISO_8859_1).length, body);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
