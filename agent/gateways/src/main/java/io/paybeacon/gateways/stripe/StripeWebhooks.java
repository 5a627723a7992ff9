package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.Verified;
import io.paybeacon.gateways.WebhookAdapter;
import io.paybeacon.gateways.WebhookHeaders;
import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.gateways.json.JsonReader;
import io.paybeacon.gateways.json.JsonReader.Parsed;
import io.paybeacon.gateways.json.JsonReader.Problem;
import io.paybeacon.gateways.json.JsonValue;
import io.paybeacon.gateways.json.JsonValue.Bool;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Items;
import io.paybeacon.gateways.json.JsonValue.Special;
import io.paybeacon.gateways.json.JsonValue.Text;
import io.paybeacon.gateways.json.JsonValue.Whole;
import io.paybeacon.gateways.stripe.StripeEventTypes.Kind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
                    id object type created data amount amount_capturable amount_received
                    amount_captured balance_transaction brand cancellation_reason captured card
                    card_present charge charges code country currency decline_code failure_code
                    interac_present last_payment_error latest_charge metadata network outcome
                    payment_intent payment_method_details payment_method_types reason refunded
                    refunds sepa_debit status
                    """
                            .strip()
                            .split("\\s+", -1));

    private static final Pattern TYPE =
            Pattern.compile("[a-z0-9_.]{1," + Limits.TYPE_CHARS_MAX + "}");
    private static final Pattern RUN =
            Pattern.compile("[A-Za-z0-9_.:-]{1," + Limits.ID_CHARS_MAX + "}");
    private static final String UNKNOWN_TYPE = "unknown";

    /** The last second of the year 9999. */
    private static final long CREATED_SECONDS_MAX = 253_402_300_799L;

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
        metadata.add(PROBE_RUN_FIELD);
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
        return StripeSignature.verify(headers.all(StripeSignature.HEADER), body, secrets, now);
    }

    @Override
    public List<Event> map(byte[] body, Instant receivedAt) {
        Parsed parsed = reader.read(body);
        Fields root = parsed.root();
        String id = matching(root.text("id"), StripeObject::isId);
        String type = matching(root.text("type"), TYPE.asMatchPredicate());
        Instant created = created(root.get("created"));
        Problem problem = parsed.problem();
        if (problem == null && id == null) {
            problem = absentOrBad(root, "id");
        }
        if (problem == null && type == null) {
            problem = absentOrBad(root, "type");
        }
        if (problem == null && created == null) {
            problem = absentOrBad(root, "created");
        }
        Origin origin =
                new Origin(
                        gateway,
                        id == null ? "sha256:" + sha256(body) : id,
                        Objects.requireNonNullElse(created, receivedAt));
        String readableType = Objects.requireNonNullElse(type, UNKNOWN_TYPE);
        return problem != null
                ? List.of(new Malformed(origin, readableType, problem.reason(), problem.detail()))
                : map(origin, readableType, root);
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
            return map(new StripeMessage(origin, type, object, orderFields), kind);
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
        if (kind == null) {
            throw object.bad("object", "not a kind of object that this type of event is about");
        }
        StripeFacts facts = new StripeFacts();
        switch (kind) {
            case PAYMENT_INTENT -> IntentMapping.map(message, facts);
            case CHARGE -> ChargeMapping.map(message, facts);
            case REFUND -> RefundMapping.map(message, facts);
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
        String run = matching(metadata.text(PROBE_RUN_FIELD), RUN.asMatchPredicate());
        if (run == null) {
            throw new MalformedMessageException(
                    MalformedReason.BAD_VALUE,
                    "data.object.metadata." + PROBE_RUN_FIELD + ": not the id of a run");
        }
        return run;
    }

    private static @Nullable Instant created(JsonValue value) {
        // The second generation of events writes the time as a text of ISO 8601.
        return switch (value) {
            case Whole(long seconds) when seconds >= 0 && seconds <= CREATED_SECONDS_MAX ->
                    Instant.ofEpochSecond(seconds);
            case Text(String text) -> parse(text);
            case Whole _, Bool _, Items _, Fields _, Special _ -> null;
        };
    }

    private static @Nullable Instant parse(String text) {
        try {
            Instant instant = Instant.parse(text);
            long seconds = instant.getEpochSecond();
            return seconds >= 0 && seconds <= CREATED_SECONDS_MAX ? instant : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Problem absentOrBad(Fields root, String name) {
        JsonValue value = root.get(name);
        return value == Special.ABSENT || value == Special.NULL
                ? new Problem(MalformedReason.MISSING_FIELD, name + ": missing")
                : new Problem(MalformedReason.BAD_VALUE, name + ": not as documented");
    }

    private static @Nullable String matching(@Nullable String text, Predicate<String> form) {
        return text != null && form.test(text) ? text : null;
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no SHA-256", e);
        }
    }
}
