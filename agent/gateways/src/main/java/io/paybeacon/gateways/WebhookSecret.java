package io.paybeacon.gateways;

/**
 * What a gateway signs its webhooks with. Prints as dots, so that it reaches no log.
 *
 * @param value as the gateway shows it (Stripe: with its prefix {@code whsec_}); never empty
 */
public record WebhookSecret(String value) {
    public WebhookSecret {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the secret of a webhook is empty");
        }
    }

    @Override
    public String toString() {
        return "WebhookSecret[...]";
    }
}
