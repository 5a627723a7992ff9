package io.paybeacon.testkit.contract;

import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.PaymentEvent;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that does not get on until a test lets it: the work of an engine that cannot keep up.
 *
 * @param open when it may get on
 */
record HeldStage(LedgerStage ledger, CountDownLatch open) implements Stage<Ledger, PaymentEvent> {
    @Override
    public String name() {
        return ledger.name();
    }

    @Override
    public String key(PaymentEvent event) {
        return ledger.key(event);
    }

    @Override
    public Effect<Ledger> apply(@Nullable Ledger state, PaymentEvent event, Context context) {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return ledger.apply(state, event, context);
    }

    @Override
    public Effect<Ledger> onDeadline(String key, Ledger state, Context context) {
        return ledger.onDeadline(key, state, context);
    }

    @Override
    public Codec<Ledger> codec() {
        return ledger.codec();
    }
}
