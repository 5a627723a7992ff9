package io.paybeacon.server.http;

import io.paybeacon.gateways.WebhookAdapter;
import io.paybeacon.gateways.WebhookSecret;
import java.util.List;

/**
 * Where the webhooks of one gateway account arrive.
 *
 * @param secrets what the gateway signs with; several while one replaces another
 */
public record WebhookEndpoint(WebhookAdapter adapter, List<WebhookSecret> secrets) {
    public WebhookEndpoint {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException(
                    "gateway " + adapter.gateway() + " has no webhook secret");
        }
    }
}
