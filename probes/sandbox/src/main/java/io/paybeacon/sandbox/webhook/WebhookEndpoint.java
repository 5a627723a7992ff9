package io.paybeacon.sandbox.webhook;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where events are posted.
 *
 * @param url an absolute http URL on this machine
 * @param secret the signing secret; it never appears in {@link #toString}
 */
public record WebhookEndpoint(URI url, String secret) {
    public WebhookEndpoint {
        String host = url.getHost() == null ? "" : url.getHost();
        if (!"http".equals(url.getScheme()) || !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "webhook URL '"
                            + url
                            + "' is not an http URL of this machine: the sandbox"
                            + " posts to 127.0.0.1, [::1] or localhost only");
        }
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the webhook secret is empty");
        }
    }

    /**
     * An endpoint from text.
     *
     * @throws IllegalArgumentException when the URL is not usable; the message says why
     */
    public static WebhookEndpoint of(String url, String secret) {
        try {
            return new WebhookEndpoint(new URI(url), secret);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("webhook URL '" + url + "' is not a URL", e);
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    @Override
    public String toString() {
        return "WebhookEndpoint[" + url + "]";
    }
}
