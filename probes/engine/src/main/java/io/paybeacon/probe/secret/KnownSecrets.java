package io.paybeacon.probe.secret;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Every secret that a process has come to know, so that whatever it shows is masked by all of them
 * and not only by those of the gateway that is spoken with. Secrets are never forgotten: what was
 * sent with a rotated key may still be told about. Thread-safe.
 */
public final class KnownSecrets {

    private final AtomicReference<Redactor> redactor = new AtomicReference<>(Redactor.OF_PATTERNS);

    /** From now on these are masked too. */
    public void learn(Collection<Secret> secrets) {
        redactor.updateAndGet(known -> known.withAll(secrets));
    }

    /** Masks what is known now. */
    public Redactor redactor() {
        return redactor.get();
    }
}
