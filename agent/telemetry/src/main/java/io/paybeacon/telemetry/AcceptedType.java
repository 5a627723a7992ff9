package io.paybeacon.telemetry;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * One range of an {@code Accept} header (RFC 9110, 12.5.1).
 *
 * @param type in lower case, such as {@code text/plain}
 * @param version its parameter of that name; empty when there is none
 * @param permille how much it is wanted, from 0 (not at all) to 1000
 */
record AcceptedType(String type, String version, int permille) {
    private static final int MOST = 1_000;

    /** Reads a range; one that breaks the syntax is not wanted at all. */
    static AcceptedType parse(String range) {
        String[] parts = range.split(";", -1);
        String version = "";
        int permille = MOST;
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].strip().split("=", 2);
            String value = parameter.length == 2 ? parameter[1].strip() : "";
            switch (parameter[0].strip().toLowerCase(Locale.ROOT)) {
                case "version" -> version = value.replace("\"", "");
                case "q" -> permille = permille(value);
                default -> {
                    // charset and escaping: the exposition is UTF-8 with plain names either way.
                }
            }
        }
        return new AcceptedType(parts[0].strip().toLowerCase(Locale.ROOT), version, permille);
    }

    /** Whether it is of this type, and of this version where it names one. */
    boolean is(String otherType, String otherVersion) {
        return type.equals(otherType) && (version.isEmpty() || version.equals(otherVersion));
    }

    private static int permille(String quality) {
        // At most three decimals, so a number of any size costs nothing to read.
        if (!quality.matches("[01](\\.\\d{0,3})?")) {
            return 0;
        }
        return Math.min(MOST, new BigDecimal(quality).movePointRight(3).intValueExact());
    }
}
