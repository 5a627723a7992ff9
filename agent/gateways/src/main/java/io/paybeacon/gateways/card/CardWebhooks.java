package io.paybeacon.gateways.card;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.SkipReason;
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
import io.paybeacon.gateways.message.TimestampedSignature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of a card processor without a gateway of its own: JSON of a neutral form, with the
 * response codes of ISO 8583. MAPPINGS.md beside this file says what it looks like and what becomes
 * of it.
 */
public final class CardWebhooks implements WebhookAdapter {
    /** The fields that are read, wherever they stand; all others are passed over. */
    static final Set<String> WANTED =
            Set.of(
                    """
                    actionable adviceCode amount arrivesAt authentication authorization capture
                    card country created currency customer data expiresAt final fingerprint id
                    issuer kind merchantAccount metadata movement network operation reason
                    reference respondBy responseCode status traceId type value vendor
                    """
                            .strip()
                            .split("\\s+", -1));

    private static final Set<String> METADATA = Set.of(PROBE_RUN_FIELD, CONFIGURATION_FIELD);
    private static final String SIGNATURE_HEADER = "X-Signature";
    private static final Envelope.Names NAMES = new Envelope.Names("id", "type", "created");

    private final String gateway;
    private final JsonReader reader;

    /**
     * An adapter.
     *
     * @param gateway the configured name of the account
     */
    public CardWebhooks(String gateway) {
        this.gateway = gateway;
        this.reader =
                new JsonReader((parent, name) ->
                        parent.equals("metadata")
                                ? METADATA.contains(name)
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
                Envelope.read(gateway, NAMES, parsed, body, MessageObject::isPlainId, receivedAt);
        Problem problem = envelope.problem();
        return problem != null
                ? List.of(envelope.malformed(problem))
                : map(envelope, parsed.root().fields("data"));
    }

    private static List<Event> map(Envelope envelope, @Nullable Fields fields) {
        try {
            MessageObject data = fields == null ? null : new MessageObject(fields, "data");
            String run = data == null ? null : probeRun(data);
            if (run != null) {
                return List.of(new WebhookSeen(envelope.origin(), run, envelope.type()));
            }
            CardEventType type = CardEventType.byName().get(envelope.type());
            if (type == null) {
                return List.of(
                        new Skipped(envelope.origin(), envelope.type(), SkipReason.UNKNOWN_TYPE));
            }
            if (data == null) {
                throw new MalformedMessageException(MalformedReason.MISSING_FIELD, "data: missing");
            }
            MessageFacts facts = new MessageFacts();
            ReportMapping.map(type, envelope.origin(), data, facts);
            List<Event> events = new ArrayList<>(facts.events(envelope.origin(), envelope.type()));
            if (!data.leftOut().isEmpty()) {
                String detail =
                        data.leftOut().getFirst() + ": not as documented; left out, the rest holds";
                events.add(
                        new Malformed(
                                envelope.origin(),
                                envelope.type(),
                                MalformedReason.BAD_VALUE,
                                detail));
            }
            return List.copyOf(events);
        } catch (MalformedMessageException e) {
            return List.of(
                    new Malformed(envelope.origin(), envelope.type(), e.reason(), e.detail()));
        }
    }

    private static @Nullable String probeRun(MessageObject data) throws MalformedMessageException {
        MessageObject metadata = data.child("metadata");
        if (metadata == null || !metadata.has(PROBE_RUN_FIELD)) {
            return null;
        }
        String run = metadata.text(PROBE_RUN_FIELD);
        if (run == null || !ProbeRun.isRun(run)) {
            throw metadata.bad(PROBE_RUN_FIELD, "not the id of a run");
        }
        return run;
    }
}
