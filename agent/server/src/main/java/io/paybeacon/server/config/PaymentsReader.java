package io.paybeacon.server.config;

import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.server.config.schema.Defaults;
import io.paybeacon.server.config.schema.PaymentKeys;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Reads what is expected of payments. */
final class PaymentsReader {
    private final ReadingContext context;

    PaymentsReader(ReadingContext context) {
        this.context = context;
    }

    Reference read(Fields document) {
        Reference defaults = Reference.defaults();
        YamlNode node = document.node("payments").orElse(null);
        if (node == null) {
            return defaults;
        }
        Fields fields = context.fields(node, "payments", PaymentKeys.PAYMENTS);
        return new Reference(
                defaults.version(),
                stuckAfter(fields, defaults),
                limit(fields, "settle", defaults.settle()),
                limit(fields, "parkedFor", defaults.parkedFor()),
                defaults.stuckAfterByMethod(),
                limit(fields, "holdExpiryLead", defaults.holdExpiryLead()),
                limit(fields, "orderGrace", defaults.orderGrace()),
                fields.duration("keptFor", Defaults.PAYMENT_KEPT_MAX).orElse(defaults.keptFor()));
    }

    private Map<PaymentStatus, Duration> stuckAfter(Fields parent, Reference defaults) {
        Map<PaymentStatus, Duration> limits = new EnumMap<>(PaymentStatus.class);
        limits.putAll(defaults.stuckAfter());
        parent.node("stuckAfter")
                .ifPresent(node -> {
                    Fields fields =
                            context.fields(
                                    node, parent.path("stuckAfter"), PaymentKeys.STUCK_AFTER);
                    PaymentKeys.OPEN_STATUSES.forEach((key, status) ->
                            fields.duration(key, Defaults.PAYMENT_LIMIT_MAX)
                                    .ifPresent(limit -> limits.put(status, limit)));
                });
        return limits;
    }

    private static Duration limit(Fields fields, String key, Duration standard) {
        return fields.duration(key, Defaults.PAYMENT_LIMIT_MAX).orElse(standard);
    }
}
