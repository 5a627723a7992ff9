package io.paybeacon.core.payment;

import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.judgement.Judgement;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.stage.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can be wrong with one payment. */
final class PaymentRules {
    private PaymentRules() {}

    /** What the payment is, or will be, found to have wrong. */
    static List<Judgement> judge(Payment payment, Reference reference) {
        List<Judgement> judgements = new ArrayList<>();
        StuckRule.judge(payment, reference, judgements);
        TransitionRule.judge(payment, judgements);
        AmountRule.judge(payment, judgements);
        MoneyBackRule.judge(payment, reference, judgements);
        return judgements;
    }

    /** The id of a finding about a payment: its kind, the payment, and what tells it apart. */
    static String id(FindingKind kind, Payment payment, String detail) {
        return kind.label() + "|" + payment.id().key() + "|" + detail;
    }

    /**
     * A judgement of what is wrong as it stands.
     *
     * @param detail tells findings of one kind about one payment apart
     * @param evidence the facts it rests on, beside those that every finding about a payment names
     */
    static Judgement wrong(
            FindingKind kind,
            Severity severity,
            Payment payment,
            String detail,
            @Nullable Money atStake,
            String cause,
            String remedy,
            Map<String, String> evidence) {
        return Judgement.now(
                () -> id(kind, payment, detail),
                openedAt ->
                        finding(
                                kind, severity, payment, detail, openedAt, atStake, cause, remedy,
                                evidence));
    }

    static Finding finding(
            FindingKind kind,
            Severity severity,
            Payment payment,
            String detail,
            Instant openedAt,
            @Nullable Money atStake,
            String cause,
            String remedy,
            Map<String, String> evidence) {
        Map<String, String> all = new HashMap<>(evidence);
        all.put("status", payment.status().label());
        String order = payment.property(Property.MERCHANT_REFERENCE);
        if (order != null) {
            all.put("order", order);
        }
        String method = payment.property(Property.METHOD);
        if (method != null) {
            all.put("method", method);
        }
        return new Finding(
                id(kind, payment, detail),
                kind,
                severity,
                payment.id().gateway(),
                payment.id().key(),
                openedAt,
                atStake,
                cause,
                remedy,
                all);
    }
}
