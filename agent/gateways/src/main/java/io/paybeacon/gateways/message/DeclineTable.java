package io.paybeacon.gateways.message;

import io.paybeacon.core.event.DeclineCause;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a gateway's codes of refusal mean. Immutable. */
public final class DeclineTable {
    /** The code recorded where there is none, or one that is written unlike any of the gateway. */
    public static final String UNRECOGNISED = "unrecognised";

    /** Two digits of a network, or a word that a gateway has for them; what follows is text. */
    private static final Pattern ADVICE = Pattern.compile("([0-9]{2})(?:\\b.*)?|([a-z_]{1,32})");

    private final Map<String, DeclineCause> causes = new TreeMap<>();

    private DeclineTable() {}

    /**
     * A table out of its text.
     *
     * @param lines one cause a line by its label, a colon, and its codes
     * @throws IllegalStateException if a code is listed twice or a cause is none
     */
    public static DeclineTable of(String lines) {
        DeclineTable table = new DeclineTable();
        for (String line : lines.strip().split("\n", -1)) {
            int colon = line.indexOf(':');
            DeclineCause cause = DeclineCause.NAMES.find(line.substring(0, colon).strip());
            if (cause == null) {
                throw new IllegalStateException("no such cause: " + line);
            }
            for (String code : line.substring(colon + 1).strip().split("\\s+", -1)) {
                if (table.causes.put(code, cause) != null) {
                    throw new IllegalStateException("listed twice: " + code);
                }
            }
        }
        return table;
    }

    /** What a code means; null for one that is not in the table. */
    public @Nullable DeclineCause find(String code) {
        return causes.get(code);
    }

    /** What a code means; {@link DeclineCause#UNKNOWN} for one that is not in the table. */
    public DeclineCause cause(String code) {
        return causes.getOrDefault(code, DeclineCause.UNKNOWN);
    }

    /** All codes. */
    public Map<String, DeclineCause> causes() {
        return Collections.unmodifiableMap(causes);
    }

    /**
     * The first advice of the network that is written like one; empty when there is none. What a
     * gateway adds to the two digits, such as {@code 03: Do not try again}, is cut off.
     */
    public static String advice(@Nullable String... given) {
        for (String text : given) {
            Matcher matcher = ADVICE.matcher(text == null ? "" : text.strip());
            if (matcher.matches()) {
                String digits = matcher.group(1);
                return digits == null ? matcher.group(2) : digits;
            }
        }
        return "";
    }
}
