package io.paybeacon.core.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The constants of an enum by the name they have in bytes and on the wire.
 *
 * <p>The name is chosen once per constant and never changes, so constants may be renamed, reordered
 * and added freely. Immutable.
 *
 * @param <E> the enum
 */
public final class Named<E extends Enum<E>> {
    private final String what;
    private final Map<String, E> byName = new HashMap<>();
    private final Function<E, String> name;

    private Named(String what, Function<E, String> name) {
        this.what = what;
        this.name = name;
    }

    /**
     * The constants of {@code type}.
     *
     * @throws IllegalArgumentException if two constants share a name
     */
    public static <E extends Enum<E>> Named<E> of(Class<E> type, Function<E, String> name) {
        Named<E> named = new Named<>(type.getSimpleName(), name);
        for (E constant : type.getEnumConstants()) {
            if (named.byName.put(name.apply(constant), constant) != null) {
                throw new IllegalArgumentException("two constants share a name: " + constant);
            }
        }
        return named;
    }

    /** The constant of this name, or null when there is none. */
    public @Nullable E find(String text) {
        return byName.get(text);
    }

    /** Writes the name of a constant. */
    public void write(ByteWriter out, E constant) {
        out.text(name.apply(constant));
    }

    /**
     * Reads a constant by its name.
     *
     * @throws CodecException if there is none of that name
     */
    public E read(ByteReader in) {
        E constant = find(in.text());
        if (constant == null) {
            throw new CodecException("not a " + what + " this build knows");
        }
        return constant;
    }
}
