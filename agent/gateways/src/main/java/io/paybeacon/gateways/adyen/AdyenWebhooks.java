package io.paybeacon.gateways.adyen;

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
import io.paybeacon.gateways.adyen.AdyenEventCodes.Kind;
import io.paybeacon.gateways.json.JsonReader;
import io.paybeacon.gateways.json.JsonReader.Parsed;
import io.paybeacon.gateways.json.JsonReader.Problem;
import io.paybeacon.gateways.json.JsonValue;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Items;
import io.paybeacon.gateways.json.JsonValue.Special;
import io.paybeacon.gateways.json.JsonValue.Text;
import io.paybeacon.gateways.message.Envelope;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageFacts;
import io.paybeacon.gateways.message.ProbeRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The standard webhooks of one Adyen merchant account, in JSON, and those of its balance platform.
 * One standard message may carry several items, each of which becomes events of its own.
 * MAPPINGS.md beside this file says what becomes of each field and each event code.
 */
public final class AdyenWebhooks implements WebhookAdapter {
    /** How the account collects what it authorises. */
    public enum CaptureMode {
        /** By a request of the platform, which Adyen answers with {@code CAPTURE}. */
        MANUAL,
        /** By itself, without a further word: an authorisation is the money. */
        AUTOMATIC
    }

    /** The fields that are read, wherever they stand; all others are passed over. */
    static final Set<String> WANTED =
            Set.of(
                    """
                    accountHolder additionalData alias amount cardBin cardIssuingCountry category
                    categoryData chargebackReasonCode chargebackSchemeCode currency data
                    defensePeriodEndsAt direction disputeStatus estimatedArrivalTime eventCode
                    eventDate fileName hmacSignature id merchantAccountCode merchantAdviceCode
                    merchantReference metadata metadata.paybeacon_configuration
                    metadata.paybeacon_run modification.action notificationItems
                    NotificationRequestItem originalReference paymentMerchantReference
                    paymentMethod pspPaymentReference pspReference reason reference
                    refusalReasonCode reportType shopperReference status success
                    threeDAuthenticatedResponse threeDOfferedResponse timestamp tracking type
                    value
                    """
                            .strip()
                            .split("\\s+", -1));

    /** What the merchant reference of a probe's own payment begins with: then its run follows. */
    public static final String PROBE_REFERENCE_PREFIX = "paybeacon-";

    private static final Pattern PROBE_REFERENCE =
            Pattern.compile(PROBE_REFERENCE_PREFIX + "(r[0-9a-f]{24})(-.*)?");
    private static final Pattern EVENT_CODE =
            Pattern.compile("[A-Z0-9_]{1," + Limits.TYPE_CHARS_MAX + "}");
    private static final String UNKNOWN_TYPE = "unknown";
    private static final String REPORT_AVAILABLE = "REPORT_AVAILABLE";

    /** Where messages of platforms have their signature. */
    private static final String BODY_SIGNATURE_HEADER = "HmacSignature";

    private static final Set<String> METADATA = Set.of(PROBE_RUN_FIELD, CONFIGURATION_FIELD);

    private final String gateway;
    private final CaptureMode captureMode;
    private final JsonReader reader;
    private final JsonReader signedReader;

    /**
     * An adapter.
     *
     * @param gateway the configured name of the account
     */
    public AdyenWebhooks(String gateway, CaptureMode captureMode) {
        this.gateway = gateway;
        this.captureMode = captureMode;
        JsonReader.Wanted wanted =
                (parent, name) ->
                        parent.equals("metadata") ? METADATA.contains(name) : WANTED.contains(name);
        this.reader = new JsonReader(wanted);
        this.signedReader = JsonReader.asSent(wanted);
    }

    @Override
    public String gateway() {
        return gateway;
    }

    /** Whether the text can be the key of a webhook: an even number of hexadecimal digits. */
    public static boolean isKey(String text) {
        return AdyenSignature.isKey(text);
    }

    @Override
    public Verified verify(
            WebhookHeaders headers, byte[] body, List<WebhookSecret> secrets, Instant now) {
        Fields root = signedReader.read(body).root();
        return PlatformMapping.isPlatform(root)
                ? AdyenSignature.verifyBody(headers.all(BODY_SIGNATURE_HEADER), body, secrets)
                : AdyenSignature.verify(items(root), secrets);
    }

    @Override
    public List<Event> map(byte[] body, Instant receivedAt) {
        Parsed parsed = reader.read(body);
        Problem problem = parsed.problem();
        if (problem == null && PlatformMapping.isPlatform(parsed.root())) {
            return PlatformMapping.map(gateway, parsed.root(), body, receivedAt);
        }
        List<AdyenItem> items = items(parsed.root());
        if (problem == null && items.isEmpty()) {
            problem =
                    new Problem(
                            MalformedReason.MISSING_FIELD,
                            "notificationItems[].NotificationRequestItem: missing");
        }
        if (problem == null && items.size() >= Limits.ARRAY_ITEMS_MAX) {
            // There may be more, of which nothing was read, not even the signature.
            problem =
                    new Problem(
                            MalformedReason.OVER_LIMIT,
                            "notificationItems: " + Limits.ARRAY_ITEMS_MAX + " or more");
        }
        if (problem != null) {
            Origin origin = new Origin(gateway, Envelope.idOfBody(body), receivedAt);
            return List.of(new Malformed(origin, UNKNOWN_TYPE, problem.reason(), problem.detail()));
        }
        List<Event> events = new ArrayList<>();
        for (AdyenItem item : items) {
            events.addAll(map(item, body, receivedAt));
        }
        return List.copyOf(events);
    }

    /** Every item of a message; one that is no object counts as an item without fields. */
    private static List<AdyenItem> items(Fields root) {
        List<AdyenItem> items = new ArrayList<>();
        if (root.get("notificationItems") instanceof Items(List<JsonValue> values)) {
            for (JsonValue value : values) {
                Fields fields =
                        value instanceof Fields outer
                                ? outer.fields("NotificationRequestItem")
                                : null;
                items.add(
                        new AdyenItem(
                                Objects.requireNonNullElse(fields, Fields.NONE),
                                "NotificationRequestItem"));
            }
        }
        return items;
    }

    private List<Event> map(AdyenItem item, byte[] body, Instant receivedAt) {
        String code = item.text("eventCode");
        boolean readable = code != null && EVENT_CODE.matcher(code).matches();
        String type = readable ? Objects.requireNonNull(code) : UNKNOWN_TYPE;
        Instant at = item.eventDate();
        Origin origin =
                new Origin(
                        gateway,
                        eventId(item, type, body),
                        Objects.requireNonNullElse(at, receivedAt));
        try {
            if (!readable) {
                throw code == null
                        ? item.missing("eventCode")
                        : item.bad("eventCode", "not a code");
            }
            if (at == null) {
                throw item.has("eventDate")
                        ? item.bad("eventDate", "not a time of ISO 8601")
                        : item.missing("eventDate");
            }
            return map(item, origin, type);
        } catch (MalformedMessageException e) {
            return List.of(new Malformed(origin, type, e.reason(), e.detail()));
        }
    }

    /** Adyen gives its events no id: they differ in reference, code and success. */
    private static String eventId(AdyenItem item, String type, byte[] body) {
        String reference = item.text("pspReference");
        boolean known =
                reference != null
                        && (AdyenItem.isPlainId(reference)
                                || (type.equals(REPORT_AVAILABLE)
                                        && PayoutMapping.REPORT.matcher(reference).matches()));
        if (!known) {
            return Envelope.idOfBody(body);
        }
        String success =
                switch (item.successWord()) {
                    case "true" -> "true";
                    case "false" -> "false";
                    default -> "unknown";
                };
        return type + ":" + reference + ":" + success;
    }

    private List<Event> map(AdyenItem item, Origin origin, String type)
            throws MalformedMessageException {
        String run = probeRun(item);
        if (run != null) {
            return List.of(new WebhookSeen(origin, run, type));
        }
        Kind kind = AdyenEventCodes.mapped().get(type);
        if (kind == null) {
            return List.of(new Skipped(origin, type, AdyenEventCodes.skipReason(type)));
        }
        MessageFacts facts = new MessageFacts();
        switch (kind) {
            case DISPUTE -> DisputeMapping.map(item, origin, type, facts);
            case PAYOUT -> PayoutMapping.payout(item, origin, type, facts);
            case REPORT -> PayoutMapping.report(item, origin, facts);
            case AUTHORISATION,
                    ADJUSTMENT,
                    CAPTURE,
                    CAPTURE_FAILED,
                    CANCELLATION,
                    EXPIRY,
                    REFUND,
                    REFUND_PENDING,
                    REFUND_FAILED,
                    CANCEL_OR_REFUND ->
                    ItemMapping.map(item, kind, captureMode, facts);
        }
        List<Event> events = new ArrayList<>(facts.events(origin, type));
        if (!item.leftOut().isEmpty()) {
            String detail =
                    item.leftOut().getFirst() + ": not as documented; left out, the rest holds";
            events.add(new Malformed(origin, type, MalformedReason.BAD_VALUE, detail));
        }
        return events;
    }

    private static @Nullable String probeRun(AdyenItem item) throws MalformedMessageException {
        JsonValue nested = item.additionalFields("metadata").get(PROBE_RUN_FIELD);
        String field = "metadata." + PROBE_RUN_FIELD;
        String run = nested instanceof Text(String text) ? text : item.additional(field);
        if (run != null && ProbeRun.isRun(run)) {
            return run;
        }
        if (run != null || nested != Special.ABSENT) {
            throw item.bad("additionalData." + field, "not the id of a run");
        }
        String reference = item.text("merchantReference");
        Matcher matcher = PROBE_REFERENCE.matcher(reference == null ? "" : reference);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
