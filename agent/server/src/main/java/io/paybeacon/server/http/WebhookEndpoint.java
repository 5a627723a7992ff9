package io.paybeacon.server.http;

import io.paybeacon.gateways.WebhookAdapter;
import io.paybeacon.gateways.WebhookHeaders;
import io.paybeacon.gateways.WebhookSecret;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/**
 * Where the webhooks of one gateway account arrive.
 *
 * @param secrets what the gateway signs with; several while one replaces another
 * @param preparation what has to be at hand before a message with these headers is judged; ends
 *     within seconds and never fails
 */
public record WebhookEndpoint(
        WebhookAdapter adapter,
        List<WebhookSecret> secrets,
        Function<WebhookHeaders, Future<Void>> preparation) {
    public WebhookEndpoint {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException(
                    "gateway " + adapter.gateway() + " has no webhook secret");
        }
    }

    /** An endpoint whose messages need no preparation. */
    public WebhookEndpoint(WebhookAdapter adapter, List<WebhookSecret> secrets) {
        this(adapter, secrets, _ -> Future.succeededFuture());
    }
}
