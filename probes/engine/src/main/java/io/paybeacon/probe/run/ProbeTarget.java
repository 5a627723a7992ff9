package io.paybeacon.probe.run;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.http.Proxy;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.secret.LiveHosts;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.probe.yaml.Value;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan aimed at one gateway account.
 *
 * @param name name of the probe, unique in an agent; a label of metrics
 * @param gateway configured name of the gateway account; a label of metrics
 * @param plan what is executed
 * @param baseUrl where the gateway's API is: http or https, a host, and perhaps a path
 * @param secrets the secrets that the plan names
 * @param variables values that replace the plan's own
 * @param interval time between two due runs
 * @param tls how TLS is spoken with the gateway
 * @param proxy what stands between the agent and the gateway; empty for nothing
 * @param policy when it does not run, and whether it makes sure of a failure
 */
public record ProbeTarget(
        String name,
        String gateway,
        Plan plan,
        URI baseUrl,
        Map<String, Secret> secrets,
        Map<String, Value> variables,
        Duration interval,
        TlsProfile tls,
        Optional<Proxy> proxy,
        RunPolicy policy) {

    public ProbeTarget {
        requireNonNull(name, "name is null");
        requireNonNull(gateway, "gateway is null");
        requireNonNull(plan, "plan is null");
        requireNonNull(policy, "policy is null");
        secrets = Map.copyOf(secrets);
        variables = Map.copyOf(variables);
    }

    /**
     * What speaks against running it, each with its remedy; empty when it may run. A live key in a
     * plan that does not say {@code mode: live} is among it.
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (baseUrl.getHost() == null
                || !("http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme()))) {
            problems.add("the base URL is not an http or https URL with a host");
        } else if (baseUrl.getRawQuery() != null
                || baseUrl.getRawFragment() != null
                || baseUrl.getRawUserInfo() != null) {
            problems.add("the base URL has a query, fragment or user; give scheme, host and path");
        }
        plan.secrets().stream()
                .filter(secret -> !secrets.containsKey(secret))
                .sorted()
                .forEach(secret ->
                        problems.add(
                                "the plan needs the secret \"%s\"; give it under secrets"
                                        .formatted(secret)));
        if (plan.mode() != Plan.Mode.LIVE) {
            if (baseUrl.getHost() != null && LiveHosts.isLive(baseUrl.getHost())) {
                problems.add(
                        "the base URL is that of real money, and the plan does not say mode: live;"
                                + " give the URL of the test environment");
            }
            secrets.forEach((secretName, secret) -> {
                if (secret.isLive()) {
                    problems.add(
                            "the secret \"%s\" is a live key, and the plan does not say"
                                            .formatted(secretName)
                                    + " mode: live; give a test key");
                }
            });
        }
        variables.keySet().stream()
                .filter(variable -> !plan.variables().containsKey(variable))
                .sorted()
                .forEach(variable ->
                        problems.add(
                                "the plan has no variable \"%s\"; it has %s"
                                        .formatted(variable, plan.variables().keySet())));
        if (interval.compareTo(Limits.INTERVAL_MIN) < 0) {
            problems.add(
                    "the interval is %s; at least %ds"
                            .formatted(interval, Limits.INTERVAL_MIN.toSeconds()));
        }
        return problems;
    }

    /** Everything that must not be shown, whatever it opens. */
    List<Secret> allSecrets() {
        List<Secret> all = new ArrayList<>(secrets.values());
        proxy.flatMap(Proxy::user).ifPresent(all::add);
        proxy.flatMap(Proxy::password).ifPresent(all::add);
        tls.client().ifPresent(client -> all.add(client.keyPem()));
        return all;
    }

    /** The plan's variables with the target's own in their place. */
    Map<String, Value> effectiveVariables() {
        Map<String, Value> all = new LinkedHashMap<>(plan.variables());
        all.putAll(variables);
        return all;
    }
}
