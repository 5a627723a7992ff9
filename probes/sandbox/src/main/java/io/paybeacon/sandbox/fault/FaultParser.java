package io.paybeacon.sandbox.fault;

import io.paybeacon.sandbox.limit.Limits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one reader of faults, strict for the command line and for JSON alike.
 *
 * <p>Grammar: {@code operation:effect[=value][,option=value...]}, for example {@code
 * payment_intents.capture:latency=3s,probability=0.3}. Nothing unknown, repeated or left over is
 * accepted.
 */
public final class FaultParser {
    private final FaultVocabulary vocabulary;

    /** A reader of the faults of one gateway. */
    public FaultParser(FaultVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** What can be written, for help texts and messages. */
    public String grammar() {
        return "OPERATION:EFFECT[=VALUE][,OPTION=VALUE...]; operations: "
                + vocabulary.targets()
                + "; effects on requests: latency=3s, status=500 (401, 403, 408, 429, 500, 502,"
                + " 503, 504), reset, close, blackhole, drip=10 (bytes per second), malformed,"
                + " amount_offset=1 (minor units), double_charge, decline="
                + vocabulary.declineExample()
                + "; effects on webhooks: lost, delayed=30s, duplicated=2, reordered=10s,"
                + " badly_signed; effects on connections: refused, silent,"
                + " certificate=expired|wrong_name|untrusted; effect on clock: skew=-5m; options:"
                + " when=before|after (the operation takes effect), tail=10s (with latency),"
                + " scope=all|probe|market, metadata.KEY=VALUE, network=visa, issuer=kaap-bank,"
                + " country=ZA, events=TYPE|TYPE, probability=0.3, count=5, start=30s, for=2m,"
                + " every=1m with burst=10s";
    }

    /**
     * Reads the short form.
     *
     * @throws FaultSyntaxException when anything in it is not understood
     */
    public Fault parse(String text) {
        if (text.length() > Limits.FAULT_CHARS_MAX) {
            throw new FaultSyntaxException(
                    "a fault has at most " + Limits.FAULT_CHARS_MAX + " characters");
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new FaultSyntaxException(
                    "fault '" + text + "' has no ':' after the operation; write " + grammar());
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("operation", text.substring(0, colon));
        for (String part : text.substring(colon + 1).split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            if (fields.put(name, value) != null) {
                throw new FaultSyntaxException("fault '" + text + "' says '" + name + "' twice");
            }
        }
        return read("fault '" + text + "'", fields);
    }

    /**
     * Reads the same names and values from a map, as JSON gives them.
     *
     * @throws FaultSyntaxException when anything in it is not understood
     */
    public Fault fromFields(Map<String, String> fields) {
        return read("the fault", new TreeMap<>(fields));
    }

    private Fault read(String source, Map<String, String> fields) {
        return new FaultReading(vocabulary, new FaultFields(source, fields)).fault();
    }
}
