package io.paybeacon.server.http;

import io.paybeacon.server.config.Role;
import io.vertx.ext.web.RoutingContext;

/**
 * Who asks.
 *
 * @param name the name of the token that was shown; no secret
 */
record Caller(String name, Role role) {
    /** Whoever is on this machine, where no token is configured. */
    static final Caller LOCAL = new Caller("local", Role.READ);

    private static final String KEY = "paybeacon.caller";

    /** Who was let through with a request. */
    static Caller of(RoutingContext request) {
        Caller caller = request.get(KEY);
        if (caller == null) {
            throw new IllegalStateException("nobody was let through");
        }
        return caller;
    }

    void letThrough(RoutingContext request) {
        request.put(KEY, this);
        request.next();
    }
}
