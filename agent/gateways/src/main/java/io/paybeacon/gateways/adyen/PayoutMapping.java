package io.paybeacon.gateways.adyen;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PayoutEvent.Reported;
import io.paybeacon.core.event.PayoutStatus;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.SettlementEvent.ReportAvailable;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageFacts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An item about a payout to a third party, or about a report. */
final class PayoutMapping {
    /** The name of a file. */
    static final Pattern REPORT =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0," + (Limits.ID_CHARS_MAX - 1) + "}");

    private static final Pattern KIND =
            Pattern.compile("([A-Za-z]+(?:_[A-Za-z]+)*?)(?:_batch)?(?:[_-]?[0-9].*)?(?:\\..*)?");

    private PayoutMapping() {}

    /** Adds what an item about a payout says. */
    static void payout(AdyenItem item, Origin origin, String code, MessageFacts out)
            throws MalformedMessageException {
        String reference = item.requiredPlainId("pspReference");
        String original = item.plainId("originalReference");
        PayoutStatus status = status(code, item.success());
        if (status != null) {
            String payout = original == null ? reference : original;
            out.tell(
                    new Reported(
                            origin,
                            new ProviderReference(origin.gateway(), payout),
                            "",
                            status,
                            item.amount(),
                            null,
                            "",
                            ""));
        }
    }

    /** What became of the payout; null where nothing did. */
    private static @Nullable PayoutStatus status(String code, boolean success)
            throws MalformedMessageException {
        if (code.equals("PAYOUT_THIRDPARTY")) {
            return success ? PayoutStatus.IN_TRANSIT : PayoutStatus.FAILED;
        }
        if (!success) {
            return null;
        }
        return code.equals("PAIDOUT_REVERSED") ? PayoutStatus.RETURNED : PayoutStatus.CANCELLED;
    }

    /** Adds that a report is there: its name stands where others have their reference. */
    static void report(AdyenItem item, Origin origin, MessageFacts out)
            throws MalformedMessageException {
        String name = item.text("pspReference");
        if (name == null || !REPORT.matcher(name).matches()) {
            throw name == null ? item.missing("pspReference") : item.bad("pspReference", "no name");
        }
        if (item.success()) {
            out.tell(new ReportAvailable(origin, name, kind(name)));
        }
    }

    /** What the name of a report begins with, such as {@code settlement_detail_report}. */
    static String kind(String name) {
        Matcher matcher = KIND.matcher(name);
        return matcher.matches() ? matcher.group(1) : "";
    }
}
