package io.paybeacon.sandbox.fault;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the faults of one gateway can name.
 *
 * @param operations what clients can ask of it
 * @param eventTypes the types of the events it sends
 * @param declineCode the form of its decline codes
 * @param declineExample one such code, for help texts
 */
public record FaultVocabulary(
        List<Operation> operations,
        List<String> eventTypes,
        Pattern declineCode,
        String declineExample) {
    public FaultVocabulary {
        operations = List.copyOf(operations);
        eventTypes = List.copyOf(eventTypes);
    }

    /** The operation of that name, if there is one. */
    public Optional<Operation> operation(String wireName) {
        return operations.stream().filter(o -> o.wireName().equals(wireName)).findFirst();
    }

    /** Whether a fault of this gateway can begin with that word. */
    public boolean knowsTarget(String wireName) {
        return FaultTarget.named(wireName, this).isPresent();
    }

    /** All that can stand before the colon of a fault, for messages. */
    String targets() {
        return "*, "
                + operations.stream().map(Operation::wireName).collect(Collectors.joining(", "))
                + ", webhooks, connections, clock";
    }
}
