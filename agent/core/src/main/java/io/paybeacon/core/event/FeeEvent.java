package io.paybeacon.core.event;

import io.paybeacon.core.money.Money;
import org.jspecify.annotations.Nullable;

/** What gateways charge for their service. */
public sealed interface FeeEvent extends RegisterEvent {
    /**
     * A fee was charged, or given back.
     *
     * @param charged the gateway's reference of what it is charged for: a charge, a refund, a
     *     dispute, a payout
     * @param fee the gateway's reference of the fee, within {@code charged}
     * @param amount what it costs; negative where it is given back
     * @param base the amount that it is computed from; null where the gateway does not say
     */
    record Charged(
            Origin origin,
            ProviderReference charged,
            String fee,
            FeeKind kind,
            Money amount,
            @Nullable Money base)
            implements FeeEvent {
        @Override
        public String subject() {
            return charged.key();
        }

        @Override
        public String type() {
            return "fee_charged";
        }
    }
}
