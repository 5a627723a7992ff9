package io.paybeacon.server.cli;

import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.probe.health.Canary;
import io.paybeacon.probe.health.HealthSettings;
import io.paybeacon.probe.pace.GatewayPace;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.schedule.MaintenanceWindow;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.FindingsConfig;
import io.paybeacon.server.config.GatewayConfig;
import io.paybeacon.server.config.ListenConfig;
import io.paybeacon.server.config.ModuleConfig;
import io.paybeacon.server.config.SourceConfig;
import io.paybeacon.server.config.SourceConfig.Question;
import io.paybeacon.server.config.schema.Defaults;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells people what the agent makes of a configuration. Shows names of secrets, never values. */
final class ConfigSummary {
    private final PrintWriter out;

    ConfigSummary(PrintWriter out) {
        this.out = out;
    }

    void print(AgentConfig config) {
        listen(config.listen());
        config.gateways().forEach(this::gateway);
        config.probes().forEach(this::probe);
        if (config.probes().isEmpty()) {
            out.println("  no probes: paybeacon check would have nothing to test");
        }
        config.sources().forEach(this::source);
        health(config.health());
        modules(config.modules());
        payments(config.reference());
        findings(config.findings());
    }

    private void findings(FindingsConfig findings) {
        out.printf(
                "  findings: %s%n",
                findings.server()
                        .map(server ->
                                "%s as %s, %s TLS"
                                        .formatted(
                                                server.address(),
                                                findings.agent(),
                                                server.tls() ? "with" : "without"))
                        .orElse("in the data directory"));
    }

    private void listen(ListenConfig listen) {
        out.printf(
                "  listens on %s, %s, %s%n",
                listen.address(),
                listen.tls().isPresent() ? "with TLS" : "without TLS",
                listen.tokens().isEmpty()
                        ? "asks for no token"
                        : "asks for a token ("
                                + listen.tokens().stream()
                                        .map(token -> token.name() + ": " + token.role().label())
                                        .collect(Collectors.joining(", "))
                                + ")");
    }

    private void gateway(GatewayConfig gateway) {
        List<String> more = new ArrayList<>();
        if (!gateway.secrets().isEmpty()) {
            more.add("secrets " + String.join(", ", new TreeSet<>(gateway.secrets().keySet())));
        }
        gateway.connection().tls().trustedPem().ifPresent(_ -> more.add("own trust"));
        gateway.connection().tls().client().ifPresent(_ -> more.add("client certificate"));
        gateway.connection()
                .proxy()
                .ifPresent(proxy -> more.add("proxy " + proxy.host() + ":" + proxy.port()));
        GatewayPace pace = gateway.pace();
        more.add(
                "at most %d requests/s in bursts of %d and %d runs at once"
                        .formatted(
                                pace.requestsPerSecond(), pace.burst(), pace.concurrentRunsMax()));
        gateway.maintenance().forEach(window -> more.add("maintenance " + text(window)));
        out.printf(
                "  gateway %s: %s at %s, webhooks %s; %s%n",
                gateway.name(),
                gateway.kind().label(),
                gateway.url(),
                gateway.webhookSecrets().isEmpty()
                        ? "none (no webhookSecrets)"
                        : "at /in/" + gateway.name(),
                String.join("; ", more));
    }

    private void probe(ProbeTarget probe) {
        List<MaintenanceWindow> windows = probe.policy().maintenance();
        out.printf(
                "  probe %s: plan %s, gateway %s, every %s, %s%s%n",
                probe.name(),
                probe.plan().name(),
                probe.gateway(),
                Defaults.text(probe.interval()),
                probe.policy().confirm() ? "failures confirmed" : "failures not confirmed",
                windows.isEmpty()
                        ? ""
                        : "; maintenance "
                                + windows.stream()
                                        .map(ConfigSummary::text)
                                        .collect(Collectors.joining(", ")));
    }

    private static String text(MaintenanceWindow window) {
        return switch (window) {
            case MaintenanceWindow.Once once -> once.from() + " to " + once.to();
            case MaintenanceWindow.Weekly weekly ->
                    "%s %s for %s (%s)"
                            .formatted(
                                    new TreeSet<>(weekly.days())
                                            .stream()
                                                    .map(day ->
                                                            day.name()
                                                                    .substring(0, 3)
                                                                    .toLowerCase(Locale.ROOT))
                                                    .collect(Collectors.joining(",")),
                                    weekly.from(),
                                    Defaults.text(weekly.duration()),
                                    weekly.zone());
        };
    }

    private void source(SourceConfig source) {
        out.printf(
                "  source %s: %s at %s, gateway %s, every %s%n",
                source.name(),
                switch (source.what()) {
                    case Question.StatusPage _ -> "status page";
                    case Question.Scrape _ -> "Prometheus endpoint";
                    case Question.PromQl _ -> "PromQL queries";
                },
                source.url(),
                source.gateway(),
                Defaults.text(source.every()));
    }

    private void health(HealthSettings health) {
        out.printf(
                "  canaries: %s%n",
                health.canaries().isEmpty()
                        ? "none, so that a failing network of the agent's own is taken for the"
                                + " gateways'"
                        : health.canaries().stream()
                                .map(Canary::toString)
                                .collect(Collectors.joining(", ")));
    }

    private void modules(List<ModuleConfig> modules) {
        out.printf(
                "  modules of /probe: %s%n",
                modules.stream().map(ModuleConfig::name).collect(Collectors.joining(", ")));
    }

    private void payments(Reference reference) {
        out.printf(
                "  payments are stuck after: %s%n",
                reference.stuckAfter().entrySet().stream()
                        .map(entry -> text(entry.getKey()) + " " + Defaults.text(entry.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private static String text(PaymentStatus status) {
        return status.label();
    }
}
