package io.paybeacon.sandbox;

import io.paybeacon.sandbox.fault.Fault;
import io.paybeacon.sandbox.fault.FaultParser;
import io.paybeacon.sandbox.fault.FaultVocabulary;
import io.paybeacon.sandbox.gateway.GatewayFactory;
import io.paybeacon.sandbox.gateway.GatewayKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads faults that may name their gateway, as {@code paypal/orders.create:status=500} does. One
 * that names none goes to every gateway that knows what stands before its colon.
 */
public final class FaultRouting {
    private final Map<GatewayKind, FaultVocabulary> vocabularies = new EnumMap<>(GatewayKind.class);

    /** A reader for a sandbox that runs those gateways. */
    public FaultRouting(Set<GatewayKind> running) {
        for (GatewayFactory factory : Gateways.all(SandboxOptions.defaults())) {
            if (running.contains(factory.kind())) {
                vocabularies.put(factory.kind(), factory.vocabulary());
            }
        }
    }

    /**
     * The fault as each gateway it is for understands it; never empty.
     *
     * @throws IllegalArgumentException when no gateway knows it; the message says what is known
     */
    public Map<GatewayKind, Fault> read(String text) {
        int slash = text.indexOf('/');
        int colon = text.indexOf(':');
        if (slash >= 0 && slash < colon) {
            GatewayKind kind = named(text, text.substring(0, slash));
            return Map.of(kind, parser(kind).parse(text.substring(slash + 1)));
        }
        Map<GatewayKind, Fault> faults = new EnumMap<>(GatewayKind.class);
        String target = colon < 0 ? text : text.substring(0, colon);
        for (Map.Entry<GatewayKind, FaultVocabulary> entry : vocabularies.entrySet()) {
            if (entry.getValue().knowsTarget(target)) {
                faults.put(entry.getKey(), new FaultParser(entry.getValue()).parse(text));
            }
        }
        if (faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "fault '"
                            + text
                            + "' names an operation that none of the gateways "
                            + names()
                            + " has; write "
                            + new FaultParser(vocabularies.values().iterator().next()).grammar());
        }
        return faults;
    }

    private GatewayKind named(String text, String name) {
        return GatewayKind.named(name)
                .filter(vocabularies::containsKey)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "fault '"
                                        + text
                                        + "' is for the gateway '"
                                        + name
                                        + "', but the sandbox runs "
                                        + names()));
    }

    private FaultParser parser(GatewayKind kind) {
        FaultVocabulary vocabulary = vocabularies.get(kind);
        if (vocabulary == null) {
            throw new IllegalArgumentException("the sandbox runs no " + kind.wireName());
        }
        return new FaultParser(vocabulary);
    }

    private String names() {
        Set<String> names = new TreeSet<>();
        vocabularies.keySet().forEach(k -> names.add(k.wireName()));
        return String.join(", ", names);
    }
}
