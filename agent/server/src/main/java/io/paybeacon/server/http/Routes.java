package io.paybeacon.server.http;

import io.paybeacon.server.config.Role;
import io.paybeacon.telemetry.AccessRefusal;
import io.paybeacon.telemetry.HttpRoute;
import io.paybeacon.telemetry.ProcessMetrics;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.Set;

/**
 * Mounts operations on a router, each behind the check of its role and parameters. Used by one
 * thread, while the door opens.
 */
final class Routes {
    private static final String ROUTE = "paybeacon.route";

    private final Router router;
    private final ProcessMetrics process;
    private final Set<Operation> mounted = EnumSet.noneOf(Operation.class);
    private final Set<Operation> refusedBefore = EnumSet.noneOf(Operation.class);

    Routes(Router router, ProcessMetrics process) {
        this.router = router;
        this.process = process;
    }

    /** Mounts an operation. */
    void mount(Operation operation, Handler<RoutingContext> answer) {
        if (!mounted.add(operation)) {
            throw new IllegalStateException(operation + " is mounted twice");
        }
        Route route = router.route(operation.routerPath()).method(operation.method());
        if (operation.method().equals(HttpMethod.GET)) {
            route.method(HttpMethod.HEAD);
        }
        route.handler(request -> {
            request.put(ROUTE, operation.route());
            if (mayAsk(request, operation) && asksRightly(request, operation)) {
                answer.handle(request);
            }
        });
    }

    private boolean mayAsk(RoutingContext request, Operation operation) {
        if (operation.role().isEmpty()) {
            return true;
        }
        Role needed = operation.role().get();
        Caller caller = Caller.of(request);
        // Whoever is on this machine could send the process a signal as well.
        boolean localReload = operation == Operation.RELOAD && caller.equals(Caller.LOCAL);
        if (caller.role().covers(needed) || localReload) {
            return true;
        }
        process.refusedAccess(AccessRefusal.NO_ROLE);
        Answers.problem(
                request,
                403,
                "Forbidden",
                "This needs a token with the role %s; configure one under tokens."
                        .formatted(needed.label()));
        return false;
    }

    private static boolean asksRightly(RoutingContext request, Operation operation) {
        if (!operation.strict()) {
            return true;
        }
        MultiMap parameters = request.queryParams();
        for (String name : parameters.names()) {
            if (!operation.parameters().contains(name) || parameters.getAll(name).size() > 1) {
                Answers.problem(
                        request,
                        400,
                        "Bad parameter",
                        operation.parameters().isEmpty()
                                ? "there are no parameters here"
                                : "the parameters are "
                                        + String.join(", ", operation.parameters())
                                        + ", each once");
                return false;
            }
        }
        return true;
    }

    /** Refuses every other method at the paths that were mounted since it was called last. */
    void refuseOtherMethods() {
        for (Operation operation : mounted) {
            if (refusedBefore.add(operation)) {
                router.route(operation.routerPath())
                        .handler(request -> refuseMethod(request, operation));
            }
        }
    }

    private static void refuseMethod(RoutingContext request, Operation operation) {
        String allowed = Operation.allowed(operation.path());
        request.put(ROUTE, operation.route());
        request.response().putHeader(HttpHeaders.ALLOW, allowed);
        Answers.problem(request, 405, "Method not allowed", "This path answers " + allowed + ".");
    }

    /** What was mounted. */
    Set<Operation> mounted() {
        return Set.copyOf(mounted);
    }

    /** What a request counts as. */
    static HttpRoute of(RoutingContext request) {
        HttpRoute route = request.get(ROUTE);
        return route == null ? HttpRoute.OTHER : route;
    }
}
