package io.paybeacon.telemetry;

/** Makes text from outside fit to be a label value. */
final class LabelValue {
    private LabelValue() {}

    /**
     * The text without control characters and broken surrogates, cut to its limit; {@code none}
     * when it is empty, since Prometheus takes an empty label for an absent one.
     */
    static String of(String text) {
        if (text.isEmpty()) {
            return "none";
        }
        StringBuilder value = new StringBuilder();
        text.codePoints()
                .limit(Limits.LABEL_VALUE_CODE_POINTS_MAX)
                .map(point -> fit(point) ? point : '_')
                .forEach(value::appendCodePoint);
        return value.toString();
    }

    private static boolean fit(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
