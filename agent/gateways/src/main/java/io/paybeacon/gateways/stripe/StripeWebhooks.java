package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
import io.paybeacon.gateways.Verified;
import io.paybeacon.gateways.WebhookAdapter;
import io.paybeacon.gateways.WebhookHeaders;
import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.gateways.json.JsonReader;
import io.paybeacon.gateways.json.JsonReader.Parsed;
import io.paybeacon.gateways.json.JsonReader.Problem;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Special;
import io.paybeacon.gateways.message.Envelope;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.ProbeRun;
import io.paybeacon.gateways.message.TimestampedSignature;
import io.paybeacon.gateways.stripe.StripeEventTypes.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of one Stripe account, of any API version from 2019 on. MAPPINGS.md beside this file
 * says what becomes of each field and each type of event.
 */
public final class StripeWebhooks implements WebhookAdapter {
    /** The fields of metadata in which platforms commonly keep the order's reference. */
    public static final List<String> ORDER_FIELDS = List.of("order_id", "orderId", "order");

    /** The fields that are read, wherever they stand; all others are passed over. */
    static final Set<String> WANTED =
            Set.of(
                    """
                    account actionable advice_code amount amount_capturable amount_captured
                    amount_received arrival_date authentication_flow balance_transaction
                    balance_transactions brand cancellation_reason capture_before captured card
                    card_present charge charges code country created currency customer data
                    decline_code destination due_by evidence_details failure_code fee fingerprint
                    fraud_type id interac_present issuer last_payment_error latest_charge metadata
                    network network_advice_code next_action object on_behalf_of outcome past_due
                    payment_intent payment_method_details payment_method_types reason refunded
                    refunds report_type result reversals reversed sepa_debit source_transaction
                    status three_d_secure trace_id type us_bank_account value
                    """
                            .strip()
                            .split("\\s+", -1));

    private static final String SIGNATURE_HEADER = "Stripe-Signature";

    private static final Envelope.Names NAMES = new Envelope.Names("id", "type", "created");

    private final String gateway;
    private final List<String> orderFields;
    private final JsonReader reader;

    /**
     * An adapter.
     *
     * @param gateway the configured name of the account
     * @param orderFields the fields of metadata that may hold the order's reference, best first;
     *     {@link #ORDER_FIELDS} unless configured
     */
    public StripeWebhooks(String gateway, List<String> orderFields) {
        this.gateway = gateway;
        this.orderFields = List.copyOf(orderFields);
        Set<String> metadata = new HashSet<>(this.orderFields);
        metadata.addAll(List.of(PROBE_RUN_FIELD, CONFIGURATION_FIELD, CUSTOMER_FIELD));
        this.reader =
                new JsonReader((parent, name) ->
                        parent.equals("metadata")
                                ? metadata.contains(name)
                                : WANTED.contains(name));
    }

    @Override
    public String gateway() {
        return gateway;
    }

    @Override
    public Verified verify(
            WebhookHeaders headers, byte[] body, List<WebhookSecret> secrets, Instant now) {
        return TimestampedSignature.verify(headers.all(SIGNATURE_HEADER), body, secrets, now);
    }

    @Override
    public List<Event> map(byte[] body, Instant receivedAt) {
        Parsed parsed = reader.read(body);
        Envelope envelope =
                Envelope.read(gateway, NAMES, parsed, body, StripeObject::isId, receivedAt);
        Problem problem = envelope.problem();
        return problem != null
                ? List.of(envelope.malformed(problem))
                : map(envelope.origin(), envelope.type(), parsed.root());
    }

    private List<Event> map(Origin origin, String type, Fields root) {
        Fields data = Objects.requireNonNullElse(root.fields("data"), Fields.NONE);
        Fields fields = data.fields("object");
        try {
            if (fields != null) {
                String run = probeRun(fields);
                if (run != null) {
                    return List.of(new WebhookSeen(origin, run, type));
                }
            }
            Kind kind = StripeEventTypes.mapped().get(type);
            if (kind == null) {
                return List.of(new Skipped(origin, type, StripeEventTypes.skipReason(type)));
            }
            if (fields == null) {
                throw new MalformedMessageException(
                        MalformedReason.MISSING_FIELD, "data.object: missing");
            }
            StripeObject object = new StripeObject(fields, "data.object");
            String account = Objects.requireNonNullElse(root.text("account"), "");
            boolean known = StripeObject.isId(account);
            return map(
                    new StripeMessage(origin, type, known ? account : "", object, orderFields),
                    kind);
        } catch (MalformedMessageException e) {
            return List.of(new Malformed(origin, type, e.reason(), e.detail()));
        }
    }

    private static List<Event> map(StripeMessage message, Kind kindOfType)
            throws MalformedMessageException {
        StripeObject object = message.object();
        String name = object.text("object");
        // charge.refunded was seen with a refund as its object: the object's own word holds.
        Kind kind = name == null ? kindOfType : Kind.of(name);
        if (kind == null || (kind != kindOfType && !(kind.ofPayment() && kindOfType.ofPayment()))) {
            throw object.bad("object", "not a kind of object that this type of event is about");
        }
        StripeFacts facts = new StripeFacts();
        switch (kind) {
            case PAYMENT_INTENT -> IntentMapping.map(message, facts);
            case CHARGE -> ChargeMapping.map(message, facts);
            case REFUND -> RefundMapping.map(message, facts);
            case DISPUTE -> DisputeMapping.dispute(message, facts);
            case FRAUD_WARNING -> DisputeMapping.warning(message, facts);
            case PAYOUT -> MoneyOutMapping.payout(message, facts);
            case TRANSFER -> MoneyOutMapping.transfer(message, facts);
            case APPLICATION_FEE -> MoneyOutMapping.fee(message, facts);
            case REPORT_RUN -> MoneyOutMapping.report(message, facts);
        }
        List<Event> events = new ArrayList<>(facts.events(message.origin(), message.type()));
        if (!object.leftOut().isEmpty()) {
            String detail =
                    object.leftOut().getFirst() + ": not as documented; left out, the rest holds";
            events.add(
                    new Malformed(
                            message.origin(), message.type(), MalformedReason.BAD_VALUE, detail));
        }
        return List.copyOf(events);
    }

    private static @Nullable String probeRun(Fields object) throws MalformedMessageException {
        Fields metadata = object.fields("metadata");
        if (metadata == null || metadata.get(PROBE_RUN_FIELD) == Special.ABSENT) {
            return null;
        }
        String run = metadata.text(PROBE_RUN_FIELD);
        if (run == null || !ProbeRun.isRun(run)) {
            throw new MalformedMessageException(
                    MalformedReason.BAD_VALUE,
                    "data.object.metadata." + PROBE_RUN_FIELD + ": not the id of a run");
        }
        return run;
    }
}
