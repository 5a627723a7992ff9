package io.paybeacon.gateways.message;

import io.paybeacon.gateways.Limits;
import java.util.regex.Pattern;

/** The id of a probe's run, as the objects that the probe makes at a gateway carry it. */
public final class ProbeRun {
    private static final Pattern RUN =
            Pattern.compile("[A-Za-z0-9_.:-]{1," + Limits.ID_CHARS_MAX + "}");

    private ProbeRun() {}

    /** Whether the text can be the id of a run. */
    public static boolean isRun(String text) {
        return RUN.matcher(text).matches();
    }
}
