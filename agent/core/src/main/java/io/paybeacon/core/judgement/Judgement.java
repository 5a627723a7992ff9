package io.paybeacon.core.judgement;

import io.paybeacon.core.output.Finding;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something that a state says is, or will be, wrong. It is made anew from the state each time, so
 * that it depends on nothing but the facts.
 *
 * @param due from when on it is wrong; {@link Instant#EPOCH} when it is so at once
 * @param id the finding's id: made of what it is about, asked for only when it is needed
 * @param finding the finding, as opened at the given time by the agent's clock
 */
public record Judgement(Instant due, Supplier<String> id, Function<Instant, Finding> finding) {
    /** Something that is wrong as it stands. */
    public static Judgement now(Supplier<String> id, Function<Instant, Finding> finding) {
        return new Judgement(Instant.EPOCH, id, finding);
    }
}
