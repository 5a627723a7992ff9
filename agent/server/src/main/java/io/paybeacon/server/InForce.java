package io.paybeacon.server;

import io.paybeacon.gateways.adyen.AdyenWebhooks;
import io.paybeacon.gateways.card.CardWebhooks;
import io.paybeacon.gateways.paypal.PayPalWebhooks;
import io.paybeacon.gateways.stripe.StripeWebhooks;
import io.paybeacon.server.certificate.PayPalCertificates;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.GatewayConfig;
import io.paybeacon.server.config.ModuleConfig;
import io.paybeacon.server.http.WebhookEndpoint;
import io.paybeacon.telemetry.Inventory;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/**
 * A configuration and what is made of it for requests, swapped as one. Immutable.
 *
 * @param endpoints the webhooks of each gateway account by its configured name
 * @param modules what {@code /probe} can do, by name
 * @param inventory the configured gateways, probes and sources
 */
record InForce(
        AgentConfig config,
        Map<String, WebhookEndpoint> endpoints,
        Map<String, ModuleConfig> modules,
        Inventory inventory) {
    InForce {
        modules = Map.copyOf(modules);
        endpoints = Map.copyOf(endpoints);
    }

    /**
     * What a configuration makes.
     *
     * @param certificates what is known of PayPal's; outlives configurations
     */
    static InForce of(AgentConfig config, PayPalCertificates certificates) {
        Map<String, WebhookEndpoint> endpoints = new HashMap<>();
        for (GatewayConfig gateway : config.gateways()) {
            if (!gateway.webhookSecrets().isEmpty()) {
                endpoints.put(gateway.name(), endpoint(gateway, certificates));
            }
        }
        Map<String, ModuleConfig> modules = new HashMap<>();
        config.modules().forEach(module -> modules.put(module.name(), module));
        return new InForce(
                config,
                endpoints,
                modules,
                new Inventory(config.probeNames(), config.sourceNames()));
    }

    private static WebhookEndpoint endpoint(
            GatewayConfig gateway, PayPalCertificates certificates) {
        String name = gateway.name();
        return switch (gateway.kind()) {
            case STRIPE ->
                    new WebhookEndpoint(
                            new StripeWebhooks(name, StripeWebhooks.ORDER_FIELDS),
                            gateway.webhookSecrets());
            case PAYPAL -> payPal(gateway, certificates);
            case ADYEN ->
                    new WebhookEndpoint(
                            new AdyenWebhooks(name, gateway.capture()), gateway.webhookSecrets());
            case CARD -> new WebhookEndpoint(new CardWebhooks(name), gateway.webhookSecrets());
        };
    }

    private static WebhookEndpoint payPal(GatewayConfig gateway, PayPalCertificates certificates) {
        PayPalWebhooks adapter =
                new PayPalWebhooks(
                        gateway.name(), certificates, PayPalCertificates.hosts(gateway.url()));
        return new WebhookEndpoint(
                adapter,
                gateway.webhookSecrets(),
                headers ->
                        adapter.certificateUrl(headers)
                                .map(url -> certificates.fetch(url, gateway.connection()))
                                .orElseGet(Future::succeededFuture));
    }
}
