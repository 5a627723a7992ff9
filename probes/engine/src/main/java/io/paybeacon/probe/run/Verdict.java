package io.paybeacon.probe.run;

import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.yaml.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a response says.
 *
 * @param failure why the step does not pass, null when it does
 * @param extracted values found in it, also when the step does not pass
 * @param refused whether the gateway certainly did not do what was asked
 * @param declined whether it declined, in the way its plan describes
 */
record Verdict(
        @Nullable Failure failure,
        Map<String, Value> extracted,
        boolean refused,
        boolean declined) {

    Verdict {
        extracted = Collections.unmodifiableMap(new LinkedHashMap<>(extracted));
    }
}
