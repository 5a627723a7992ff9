package io.paybeacon.server.config.schema;

import io.paybeacon.probe.pace.GatewayPace;
import io.paybeacon.server.config.schema.Shape.Group;
import io.paybeacon.server.config.schema.Shape.Named;
import io.paybeacon.server.config.schema.Shape.OneOrMore;
import io.paybeacon.server.config.schema.Shape.Reference;
import io.paybeacon.server.config.schema.Shape.Text;
import io.paybeacon.server.config.schema.Shape.Whole;
import io.paybeacon.server.config.schema.Shape.Word;
import java.util.List;

/** The keys of a gateway account. */
public final class GatewayKeys {
    /** The kinds of gateways. */
    public static final List<String> KINDS = List.of("stripe", "paypal", "adyen", "card");

    /** The limits that probes keep. */
    public static final Group PACE =
            Group.of(
                    Key.optional(
                            "requestsPerSecond",
                            new Whole(1, Defaults.PACE_REQUESTS_MAX, "requests/s", 20),
                            Integer.toString(GatewayPace.DEFAULT.requestsPerSecond()),
                            "Requests that all probes of the gateway send together, in the long"
                                    + " run."),
                    Key.optional(
                            "burst",
                            new Whole(1, Defaults.PACE_REQUESTS_MAX, "requests", 20),
                            Integer.toString(GatewayPace.DEFAULT.burst()),
                            "Requests that may follow each other at once."),
                    Key.optional(
                            "concurrentRuns",
                            new Whole(1, Defaults.PACE_RUNS_MAX, "runs", 4),
                            Integer.toString(GatewayPace.DEFAULT.concurrentRunsMax()),
                            "Runs of probes that may be under way at once."));

    /** A gateway account. */
    public static final Group GATEWAY =
            Group.of(
                    Key.required(
                            "kind",
                            new Word(KINDS, "paypal"),
                            "Whose API and webhooks it speaks; `card` is the generic card"
                                    + " processor."),
                    Key.optional(
                            "url",
                            new Text(
                                    "an `http` or `https` URL",
                                    "https?://.+",
                                    "https://api-m.sandbox.paypal.com"),
                            "`https://api.stripe.com`, `https://api-m.sandbox.paypal.com`,"
                                    + " `https://checkout-test.adyen.com`; none for `card`",
                            "Where its API is, with the path that every request begins with."),
                    Key.optional(
                            "apiKey",
                            new Reference("${env:STRIPE_TEST_KEY}"),
                            "none",
                            "The short form of `secrets: {key: ...}`."),
                    Key.optional(
                            "secrets",
                            new Named(
                                    "NAME",
                                    "[A-Za-z_][A-Za-z0-9_]*",
                                    new Reference("${env:PAYPAL_CLIENT_ID}")),
                            "none",
                            "What plans call `${secret.NAME}`: `key` at Stripe, Adyen and `card`,"
                                    + " `clientId` and `clientSecret` at PayPal."),
                    Key.optional(
                            "webhookSecrets",
                            new OneOrMore(new Reference("${file:webhook-secret}")),
                            "none: no webhooks",
                            "What the gateway signs its webhooks with; several while one replaces"
                                    + " another. PayPal: the id of the webhook."),
                    Key.optional(
                            "capture",
                            new Word(List.of("automatic", "manual"), "manual"),
                            "automatic",
                            "Adyen alone: whether the account captures what it authorises by"
                                    + " itself, as its settings say, or at a request."),
                    CommonKeys.trust(),
                    CommonKeys.clientCertificate(),
                    CommonKeys.proxy(),
                    Key.optional(
                            "pace",
                            PACE,
                            "as below",
                            "What its probes ask of the gateway at most."),
                    CommonKeys.maintenance(
                            "When no probe of this gateway runs; a skipped run is accounted as"
                                    + " such."));

    private GatewayKeys() {}
}
