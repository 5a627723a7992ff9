package io.paybeacon.server.http;

import io.paybeacon.server.config.Role;
import io.paybeacon.telemetry.HttpRoute;
import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the HTTP door answers: the one list, from which routes are mounted and which the
 * API's document has to agree with.
 */
// The lists are unmodifiable, which their type does not say.
@SuppressWarnings("ImmutableEnumChecker")
enum Operation {
    /** A webhook. It is signed, and needs no token. */
    RECEIVE_WEBHOOK(HttpMethod.POST, "/in/{gateway}", null, HttpRoute.INGEST),
    /** What the platform itself tells. */
    RECEIVE_EVENTS(HttpMethod.POST, "/in/events", Role.TELL, HttpRoute.INGEST),
    /** Whether the process serves. */
    HEALTHY(HttpMethod.GET, "/-/healthy", null, HttpRoute.HEALTH),
    /** Whether events are accepted. */
    READY(HttpMethod.GET, "/-/ready", null, HttpRoute.HEALTH),
    /** The scrape. */
    METRICS(HttpMethod.GET, "/metrics", Role.READ, HttpRoute.METRICS),
    /** The index page. */
    INDEX(HttpMethod.GET, "/", Role.READ, HttpRoute.OTHER),
    /** One probe of a target. */
    PROBE_TARGET(HttpMethod.GET, "/probe", Role.READ, HttpRoute.PROBE, "target", "module"),
    /** The configuration is read anew. */
    RELOAD(HttpMethod.POST, "/-/reload", Role.ACT, HttpRoute.OTHER),
    /** The findings store is written anew. */
    REBUILD_FINDINGS(HttpMethod.POST, "/-/findings/rebuild", Role.ACT, HttpRoute.OTHER),
    /** The payments of an order. */
    LIST_PAYMENTS(
            HttpMethod.GET, "/api/v1/payments", Role.READ, HttpRoute.API, "reference", "locale"),
    /** One payment. */
    GET_PAYMENT(HttpMethod.GET, "/api/v1/payments/{id}", Role.READ, HttpRoute.API, "locale"),
    /** What is wrong. */
    LIST_FINDINGS(
            HttpMethod.GET,
            "/api/v1/findings",
            Role.READ,
            HttpRoute.API,
            "agent",
            "kind",
            "state",
            "severity",
            "gateway",
            "subject",
            "from",
            "before",
            "limit",
            "after"),
    /** One finding with its audit trail. */
    GET_FINDING(HttpMethod.GET, "/api/v1/findings/{id}", Role.READ, HttpRoute.API, "agent"),
    /** Somebody acts on a finding. */
    ACT_ON_FINDING(HttpMethod.POST, "/api/v1/findings/{id}/acts", Role.ACT, HttpRoute.API),
    /** A customer is to be forgotten. */
    ERASE_CUSTOMER(HttpMethod.DELETE, "/api/v1/customers/{id}", Role.ACT, HttpRoute.API),
    /** Every gateway as a whole. */
    LIST_GATEWAYS(HttpMethod.GET, "/api/v1/gateways", Role.READ, HttpRoute.API),
    /** The synthetic transactions. */
    LIST_PROBES(HttpMethod.GET, "/api/v1/probes", Role.READ, HttpRoute.API),
    /** One of them with its last runs. */
    GET_PROBE(HttpMethod.GET, "/api/v1/probes/{probe}", Role.READ, HttpRoute.API),
    /** One run in full. */
    GET_PROBE_RUN(HttpMethod.GET, "/api/v1/probes/{probe}/runs/{run}", Role.READ, HttpRoute.API),
    /** What to tell whom about a refusal. */
    GET_GUIDANCE(HttpMethod.GET, "/api/v1/guidance/{cause}", Role.READ, HttpRoute.API, "locale"),
    /** The API's document in JSON. */
    OPENAPI_JSON(HttpMethod.GET, "/api/v1/openapi.json", Role.READ, HttpRoute.API),
    /** The API's document in YAML. */
    OPENAPI_YAML(HttpMethod.GET, "/api/v1/openapi.yaml", Role.READ, HttpRoute.API);

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");

    private final HttpMethod method;
    private final String path;
    private final Optional<Role> role;
    private final HttpRoute route;
    private final List<String> parameters;

    Operation(
            HttpMethod method,
            String path,
            @Nullable Role role,
            HttpRoute route,
            String... parameters) {
        this.method = method;
        this.path = path;
        this.role = Optional.ofNullable(role);
        this.route = route;
        this.parameters = List.of(parameters);
    }

    /** HEAD is answered wherever GET is. */
    HttpMethod method() {
        return method;
    }

    /** The path with its parameters in braces. */
    String path() {
        return path;
    }

    /** The path as routers write it. */
    String routerPath() {
        return PARAMETER.matcher(path).replaceAll(":$1");
    }

    /** What a caller's token must be good for; empty when none is asked for. */
    Optional<Role> role() {
        return role;
    }

    /** What it counts as. */
    HttpRoute route() {
        return route;
    }

    /** The parameters of the query; each may be given once. */
    List<String> parameters() {
        return parameters;
    }

    /** Whether other parameters are a mistake. The scrape and its like let them pass. */
    boolean strict() {
        return route == HttpRoute.API;
    }

    /** The methods that a path answers, for people and clients. */
    static String allowed(String path) {
        return String.join(
                ", ",
                Arrays.stream(values())
                        .filter(operation -> operation.path.equals(path))
                        .map(operation ->
                                operation.method.equals(HttpMethod.GET)
                                        ? "GET, HEAD"
                                        : operation.method.name())
                        .toList());
    }
}
