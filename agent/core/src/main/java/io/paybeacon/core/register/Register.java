package io.paybeacon.core.register;

import io.paybeacon.core.event.RegisterEvent;
import java.util.List;

/**
 * What was told about one object. Immutable.
 *
 * @param events in order of their origins, never empty
 */
public record Register<E extends RegisterEvent>(List<E> events) {
    public Register {
        events = List.copyOf(events);
    }
}
