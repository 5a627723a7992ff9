package io.paybeacon.server.config;

import io.paybeacon.probe.http.Proxy;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.server.config.ModuleConfig.Check;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every secret of a configuration, whatever it opens, for those who mask what is shown. */
public final class ConfigSecrets {
    private final Set<Secret> secrets = new LinkedHashSet<>();

    private ConfigSecrets() {}

    /** All of them, without order. */
    public static Set<Secret> of(AgentConfig config) {
        ConfigSecrets all = new ConfigSecrets();
        config.listen().tokens().forEach(token -> all.secrets.addAll(token.secrets()));
        config.listen().tls().ifPresent(pair -> all.secrets.add(pair.keyPem()));
        config.gateways().forEach(all::gateway);
        config.probes().stream()
                .map(ProbeTarget::secrets)
                .forEach(own -> all.secrets.addAll(own.values()));
        config.sources()
                .forEach(source -> {
                    all.login(source.token(), source.login());
                    all.connection(source.connection());
                });
        config.modules().forEach(all::module);
        config.findings().server().ifPresent(server -> all.login(server.login()));
        return Set.copyOf(all.secrets);
    }

    private void gateway(GatewayConfig gateway) {
        secrets.addAll(gateway.secrets().values());
        gateway.webhookSecrets().forEach(secret -> secrets.add(Secret.ofLines(secret.value())));
        connection(gateway.connection());
    }

    private void module(ModuleConfig module) {
        connection(module.connection());
        switch (module.check()) {
            case Check.Http http -> login(http.token(), http.login());
            case Check.Tcp _, Check.Tls _, Check.Dns _, Check.GrpcHealth _ -> {
                // They show nothing secret.
            }
        }
    }

    private void login(Optional<Secret> token, Optional<Login> login) {
        token.ifPresent(secrets::add);
        login.ifPresent(this::login);
    }

    private void login(Login login) {
        secrets.addAll(List.of(login.user(), login.password()));
    }

    private void connection(Connection connection) {
        connection.tls().client().ifPresent(client -> secrets.add(client.keyPem()));
        connection.proxy().flatMap(Proxy::user).ifPresent(secrets::add);
        connection.proxy().flatMap(Proxy::password).ifPresent(secrets::add);
    }
}
