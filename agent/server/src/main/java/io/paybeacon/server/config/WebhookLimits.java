package io.paybeacon.server.config;

/**
 * How much each gateway account may send: a bucket that holds so many requests and is filled again
 * at that pace. What is over is refused, and comes again.
 *
 * @param requestsPerSecond how fast it is filled
 * @param burst how many it holds
 */
public record WebhookLimits(int requestsPerSecond, int burst) {
    /**
     * Above what one agent takes in over HTTP on two cores, so that only a flood is refused; a
     * forged one fills the bucket as well, and what the gateway sends meanwhile it sends again.
     */
    public static final WebhookLimits DEFAULT = new WebhookLimits(20_000, 40_000);

    public WebhookLimits {
        if (requestsPerSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("a limit is not positive");
        }
    }
}
