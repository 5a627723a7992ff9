package io.paybeacon.server.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What picocli sets before it calls a command. */
final class Specs {
    private Specs() {}

    static <T> T of(@Nullable T set) {
        return Objects.requireNonNull(set, "the command is run through picocli");
    }
}
