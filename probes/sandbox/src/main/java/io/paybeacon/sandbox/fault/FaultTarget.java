package io.paybeacon.sandbox.fault;

import java.util.Optional;

/** What a fault is aimed at: the part of its text before the colon. */
public sealed interface FaultTarget {
    /** Every API operation, not the webhooks. */
    record EveryOperation() implements FaultTarget {
        @Override
        public String wireName() {
            return "*";
        }
    }

    /** One API operation. */
    record OneOperation(Operation operation) implements FaultTarget {
        @Override
        public String wireName() {
            return operation.wireName();
        }
    }

    /** The deliveries of events. */
    record Webhooks() implements FaultTarget {
        @Override
        public String wireName() {
            return "webhooks";
        }
    }

    /** The listening ports. */
    record Connections() implements FaultTarget {
        @Override
        public String wireName() {
            return "connections";
        }
    }

    /** The gateway's clock. */
    record Clock() implements FaultTarget {
        @Override
        public String wireName() {
            return "clock";
        }
    }

    /** The name in faults. */
    String wireName();

    /** The target of that name, if the gateway has it. */
    static Optional<FaultTarget> named(String name, FaultVocabulary vocabulary) {
        return switch (name) {
            case "*" -> Optional.of(new EveryOperation());
            case "webhooks" -> Optional.of(new Webhooks());
            case "connections" -> Optional.of(new Connections());
            case "clock" -> Optional.of(new Clock());
            default -> vocabulary.operation(name).map(OneOperation::new);
        };
    }

    /** Whether it is aimed at requests for that operation. */
    default boolean covers(Operation asked) {
        return switch (this) {
            case EveryOperation() -> true;
            case OneOperation(Operation operation) -> operation.equals(asked);
            case Webhooks(), Connections(), Clock() -> false;
        };
    }
}
