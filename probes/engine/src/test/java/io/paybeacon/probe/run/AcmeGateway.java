package io.paybeacon.probe.run;

import io.paybeacon.probe.http.RawServer;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A small gateway of its own make: payments are held, captured, voided; creation is idempotent. An
 * operation misbehaves as often as it was told to.
 */
final class AcmeGateway implements AutoCloseable {

    /** How one request is answered. */
    enum Fault {
        CLOSE_BEFORE,
        CLOSE_AFTER,
        RESET_AFTER,
        HALF_CLOSE_AFTER,
        SILENT_AFTER,
        STATUS_408,
        STATUS_500,
        STATUS_401,
        DECLINE,
        GARBAGE_BODY,
        WRONG_AMOUNT
    }

    private final Map<String, String> stateById = new LinkedHashMap<>();
    private final Map<String, String> idByKey = new LinkedHashMap<>();
    private final Map<String, Deque<Fault>> faults = new LinkedHashMap<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();
    private final RawServer server;
    private volatile Consumer<String> onRequest = _ -> {};
    private volatile String extra = "";

    AcmeGateway() throws IOException {
        server = new RawServer((socket, raw, _) -> serve(socket, raw));
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    int connections() {
        return server.connections();
    }

    List<String> requests() {
        return server.requests();
    }

    /** Operations in the order in which they came. */
    List<String> operations() {
        return operations;
    }

    synchronized Map<String, String> payments() {
        return new LinkedHashMap<>(stateById);
    }

    /** The next requests of an operation go wrong, each in its way. */
    synchronized void fail(String operation, Fault... next) {
        faults.put(operation, new ArrayDeque<>(List.of(next)));
    }

    /** Called with each request before it is looked at. */
    void onRequest(Consumer<String> observer) {
        onRequest = observer;
    }

    /** Further members of every answer, beginning with a comma. */
    void extra(String members) {
        extra = members;
    }

    private void serve(Socket socket, RawServer raw) throws IOException {
        String request = raw.readRequest(socket);
        onRequest.accept(request);
        String[] line = request.split(" ", 3);
        String path = line[1].split("[?]", 2)[0];
        String operation = operation(line[0], path);
        operations.add(operation);
        Fault fault = next(operation);
        if (fault == Fault.CLOSE_BEFORE) {
            socket.close();
            return;
        }
        if (fault == Fault.STATUS_408 || fault == Fault.STATUS_500 || fault == Fault.STATUS_401) {
            RawServer.write(
                    socket, RawServer.json(Integer.parseInt(fault.name().substring(7)), "{}"));
            return;
        }
        if (fault == Fault.DECLINE) {
            RawServer.write(socket, RawServer.json(402, "{\"error\":{\"code\":\"no_funds\"}}"));
            return;
        }
        String answer = act(operation, path, request, fault);
        switch (fault) {
            case CLOSE_AFTER -> socket.close();
            case RESET_AFTER -> RawServer.reset(socket);
            case HALF_CLOSE_AFTER -> socket.shutdownOutput();
            case SILENT_AFTER -> socket.getInputStream().read();
            case GARBAGE_BODY -> RawServer.write(socket, RawServer.json(200, "{\"id\":"));
            case null, default -> RawServer.write(socket, answer);
        }
    }

    private static String operation(String method, String path) {
        if (method.equals("GET")) {
            return "lookup";
        }
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.equals("payments") ? "create" : last;
    }

    private synchronized Fault next(String operation) {
        Deque<Fault> queue = faults.get(operation);
        return queue == null ? null : queue.poll();
    }

    private synchronized String act(String operation, String path, String request, Fault fault) {
        if (operation.equals("create")) {
            String key = header(request, "idempotency-key");
            String id = idByKey.computeIfAbsent(key, _ -> "pay_" + (idByKey.size() + 1));
            stateById.putIfAbsent(id, "held");
            return answer(id, fault);
        }
        String id = path.split("/", -1)[2];
        String state = stateById.get(id);
        if (state == null) {
            return RawServer.json(404, "{}");
        }
        switch (operation) {
            case "capture" -> stateById.put(id, "captured");
            case "void" -> stateById.put(id, "voided");
            default -> {}
        }
        return answer(id, fault);
    }

    private String answer(String id, Fault fault) {
        String amount = fault == Fault.WRONG_AMOUNT ? "501" : "500";
        return RawServer.json(
                200,
                "{\"id\":\"%s\",\"state\":\"%s\",\"amount\":%s,\"currency\":\"usd\"%s}"
                        .formatted(id, stateById.get(id), amount, extra));
    }

    static String header(String request, String name) {
        for (String line : request.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
