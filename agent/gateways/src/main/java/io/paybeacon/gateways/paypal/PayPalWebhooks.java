package io.paybeacon.gateways.paypal;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
import io.paybeacon.gateways.Verified;
import io.paybeacon.gateways.WebhookAdapter;
import io.paybeacon.gateways.WebhookHeaders;
import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.gateways.json.JsonReader;
import io.paybeacon.gateways.json.JsonReader.Parsed;
import io.paybeacon.gateways.json.JsonReader.Problem;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.message.Envelope;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageFacts;
import io.paybeacon.gateways.message.MessageObject;
import io.paybeacon.gateways.message.ProbeRun;
import io.paybeacon.gateways.paypal.PayPalEventTypes.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of one PayPal account, of version 2 of its payments and orders. The secret of an
 * endpoint is its webhook id. MAPPINGS.md beside this file says what becomes of each field and each
 * type of event.
 */
public final class PayPalWebhooks implements WebhookAdapter {
    /** The hosts at which PayPal keeps the certificates of its live and its test environment. */
    public static final Set<String> PAYPAL_HOSTS =
            Set.of(
                    "api.paypal.com",
                    "api-m.paypal.com",
                    "api.sandbox.paypal.com",
                    "api-m.sandbox.paypal.com");

    /** What the {@code custom_id} of a probe's own payment begins with: then its run follows. */
    public static final String PROBE_CUSTOM_ID_PREFIX = PROBE_RUN_FIELD + ":";

    /** The fields that are read, wherever they stand; all others are passed over. */
    static final Set<String> WANTED =
            Set.of(
                    """
                    amount authentication_result authentication_status authorization_id
                    bin_country_code bin_details brand capture_id card create_time currency
                    currency_code custom_id dispute_amount dispute_id dispute_life_cycle_stage
                    dispute_outcome disputed_transactions errors event_type expiration_time
                    final_capture href id invoice_id issuing_bank links merchant_id name network
                    network_transaction_reference order_id outcome_code payee payment_advice_code
                    payment_source payout_item payout_item_id paypal paypal_fee processor_response
                    purchase_units reason rel related_ids resource response_code
                    seller_receivable_breakdown seller_response_due_date seller_transaction_id
                    sender_item_id status status_details supplementary_data three_d_secure
                    transaction_status value
                    """
                            .strip()
                            .split("\\s+", -1));

    private static final Envelope.Names NAMES =
            new Envelope.Names("id", "event_type", "create_time");

    private final String gateway;
    private final CertificateSource certificates;
    private final Set<String> allowedHosts;
    private final JsonReader reader;

    /**
     * An adapter.
     *
     * @param gateway the configured name of the account
     * @param certificates what is known of PayPal's certificates
     * @param allowedHosts the hosts that certificates may come from, each with its port unless that
     *     is the default: {@link #PAYPAL_HOSTS}, or {@code 127.0.0.1:PORT} of a sandbox, which
     *     alone may be asked without TLS
     */
    public PayPalWebhooks(
            String gateway, CertificateSource certificates, Set<String> allowedHosts) {
        this.gateway = gateway;
        this.certificates = certificates;
        this.allowedHosts = Set.copyOf(allowedHosts);
        this.reader = new JsonReader((parent, name) -> WANTED.contains(name));
    }

    @Override
    public String gateway() {
        return gateway;
    }

    /**
     * The address of the certificate that proves the message, if it is of an allowed host: to be
     * fetched before {@link #verify}, which asks the {@link CertificateSource} for it.
     */
    public Optional<String> certificateUrl(WebhookHeaders headers) {
        return TransmissionSignature.certificateUrl(headers, allowedHosts);
    }

    @Override
    public Verified verify(
            WebhookHeaders headers, byte[] body, List<WebhookSecret> secrets, Instant now) {
        return TransmissionSignature.verify(
                headers, body, secrets, now, certificates, allowedHosts);
    }

    @Override
    public List<Event> map(byte[] body, Instant receivedAt) {
        Parsed parsed = reader.read(body);
        Envelope envelope =
                Envelope.read(gateway, NAMES, parsed, body, MessageObject::isPlainId, receivedAt);
        Problem problem = envelope.problem();
        return problem != null
                ? List.of(envelope.malformed(problem))
                : map(envelope, parsed.root().fields("resource"));
    }

    private static List<Event> map(Envelope envelope, @Nullable Fields fields) {
        try {
            MessageObject resource = fields == null ? null : new MessageObject(fields, "resource");
            String run = resource == null ? null : probeRun(resource);
            if (run != null) {
                return List.of(new WebhookSeen(envelope.origin(), run, envelope.type()));
            }
            Kind kind = PayPalEventTypes.mapped().get(envelope.type());
            if (kind == null) {
                return List.of(
                        new Skipped(
                                envelope.origin(),
                                envelope.type(),
                                PayPalEventTypes.skipReason(envelope.type())));
            }
            if (resource == null) {
                throw new MalformedMessageException(
                        MalformedReason.MISSING_FIELD, "resource: missing");
            }
            return map(envelope, kind, resource);
        } catch (MalformedMessageException e) {
            return List.of(
                    new Malformed(envelope.origin(), envelope.type(), e.reason(), e.detail()));
        }
    }

    private static List<Event> map(Envelope envelope, Kind kind, MessageObject resource)
            throws MalformedMessageException {
        MessageFacts facts = new MessageFacts();
        ResourceMapping.map(kind, envelope, resource, facts);
        List<Event> events = new ArrayList<>(facts.events(envelope.origin(), envelope.type()));
        if (!resource.leftOut().isEmpty()) {
            String detail =
                    resource.leftOut().getFirst() + ": not as documented; left out, the rest holds";
            events.add(
                    new Malformed(
                            envelope.origin(), envelope.type(), MalformedReason.BAD_VALUE, detail));
        }
        return List.copyOf(events);
    }

    /** The run of a probe: PayPal copies the order's {@code custom_id} to all that comes of it. */
    private static @Nullable String probeRun(MessageObject resource)
            throws MalformedMessageException {
        String run = probeRunOf(resource);
        for (MessageObject unit : resource.items("purchase_units")) {
            run = run == null ? probeRunOf(unit) : run;
        }
        return run;
    }

    private static @Nullable String probeRunOf(MessageObject holder)
            throws MalformedMessageException {
        String customId = holder.text("custom_id");
        if (customId == null || !customId.startsWith(PROBE_CUSTOM_ID_PREFIX)) {
            return null;
        }
        String run = customId.substring(PROBE_CUSTOM_ID_PREFIX.length());
        if (!ProbeRun.isRun(run)) {
            throw holder.bad("custom_id", "not the id of a run");
        }
        return run;
    }
}
