package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.Assertion;
import io.paybeacon.probe.plan.Extraction;
import io.paybeacon.probe.plan.Plan.Decline;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.run.AssertionCheck.Circumstances;
import io.paybeacon.probe.yaml.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges a whole response: decline, status, extractions, assertions, in this order. Values found
 * before a failure are kept, since cleanup may need them.
 */
final class ResponseJudge {

    /** Statuses after which it is open whether the gateway acted: request timeout, key in use. */
    private static final Set<Integer> UNDECIDED_4XX = Set.of(408, 409);

    private final Flight flight;
    private final Content content;
    private final Circumstances circumstances;

    ResponseJudge(Flight flight, Content content, Circumstances circumstances) {
        this.flight = flight;
        this.content = content;
        this.circumstances = circumstances;
    }

    /** The verdict on the answer to a step. */
    Verdict judge(Step.Http step) {
        Optional<Decline> decline = decline(step);
        Failure early = declineOrStatus(step, decline);
        if (early != null) {
            return verdict(early, Map.of(), decline);
        }
        Map<String, Value> extracted = new LinkedHashMap<>();
        Failure failure = extract(step.extractions(), extracted);
        if (failure == null) {
            Map<String, Value> values = new LinkedHashMap<>(flight.variables());
            values.putAll(extracted);
            failure = assertions(step, values);
        }
        return verdict(failure, extracted, decline);
    }

    /** Only the values of a response, for a request that was repeated to learn them. */
    Verdict readOnly(Step.Http step) {
        Optional<Decline> decline = decline(step);
        int status = content.response().status();
        Failure early =
                status / 100 == 2 && decline.isEmpty()
                        ? null
                        : new Failure(statusReason(status), "status %d".formatted(status));
        Map<String, Value> extracted = new LinkedHashMap<>();
        Failure failure = early != null ? early : extract(step.extractions(), extracted);
        return verdict(failure, extracted, decline);
    }

    /** Values that must not be shown, as far as the response has them. */
    static List<String> secrets(Step.Http step, Content content) {
        return step.extractions().stream()
                .filter(Extraction::secret)
                .flatMap(extraction -> {
                    try {
                        return content.find(extraction) instanceof Value value
                                ? Optional.of(value.text()).stream()
                                : Optional.<String>empty().stream();
                    } catch (Content.Unreadable e) {
                        // The verdict says so; there is nothing to hide.
                        return Optional.<String>empty().stream();
                    }
                })
                .toList();
    }

    private Verdict verdict(
            @Nullable Failure failure, Map<String, Value> extracted, Optional<Decline> decline) {
        boolean refused = decline.isPresent() || isRefusal(content.response().status());
        return new Verdict(failure, extracted, refused, decline.isPresent());
    }

    private static boolean isRefusal(int status) {
        return status >= 400 && status < 500 && !UNDECIDED_4XX.contains(status);
    }

    /** The form of decline that the response fits; empty when it is none. */
    private Optional<Decline> decline(Step.Http step) {
        boolean asksForMoney = step.effect() != null || step.expectDecline() != null;
        return flight.target().plan().declines().stream()
                .filter(form -> form.statuses().contains(content.response().status()))
                .filter(form -> form.when() == null || (asksForMoney && says(form.when())))
                .findFirst();
    }

    private boolean says(Assertion.Json condition) {
        try {
            return new AssertionCheck(content, circumstances, flight.variables(), _ -> {})
                    .holds(condition);
        } catch (Content.Unreadable e) {
            return false;
        }
    }

    private @Nullable Failure declineOrStatus(Step.Http step, Optional<Decline> decline) {
        int status = content.response().status();
        Step.ExpectedDecline expected = step.expectDecline();
        if (expected != null) {
            if (decline.isPresent()) {
                return unexpectedCode(expected, decline.get());
            }
            return status / 100 == 2
                    ? new Failure(
                            ProbeReason.APPROVED_UNEXPECTED,
                            "approved with status %d, where a decline is expected"
                                    .formatted(status))
                    : new Failure(statusReason(status), "status %d".formatted(status));
        }
        Set<Integer> allowed =
                step.assertions().stream()
                        .filter(Assertion.Status.class::isInstance)
                        .flatMap(assertion -> ((Assertion.Status) assertion).statuses().stream())
                        .collect(Collectors.toSet());
        boolean isAllowed = allowed.isEmpty() ? status / 100 == 2 : allowed.contains(status);
        boolean byBody = decline.isPresent() && decline.get().when() != null;
        if (isAllowed && !byBody) {
            return null;
        }
        if (decline.isPresent()) {
            String code = declineCode(decline.get());
            return new Failure(
                    reason(decline.get(), code),
                    "declined with status %d, code %s".formatted(status, code));
        }
        String wanted = allowed.isEmpty() ? "2xx" : allowed.toString();
        return new Failure(
                statusReason(status), "status %d, expected %s".formatted(status, wanted));
    }

    private static ProbeReason reason(Decline decline, String code) {
        return decline.technical().contains(code)
                ? ProbeReason.DECLINED_TECHNICAL
                : ProbeReason.DECLINED_UNEXPECTED;
    }

    /** A technical decline is expected only where its code is named. */
    private @Nullable Failure unexpectedCode(Step.ExpectedDecline expected, Decline decline) {
        String code = declineCode(decline);
        boolean any = expected.codes().isEmpty() && !decline.technical().contains(code);
        return any || expected.codes().contains(code)
                ? null
                : new Failure(
                        reason(decline, code),
                        "declined with code %s, expected %s"
                                .formatted(
                                        code,
                                        expected.codes().isEmpty()
                                                ? "a decline of the card"
                                                : expected.codes()));
    }

    private String declineCode(Decline decline) {
        return Optional.ofNullable(decline.code())
                .map(path -> {
                    try {
                        Object document = content.json();
                        Object found = document == null ? null : path.read(document);
                        return found instanceof Value value ? value.text() : "none";
                    } catch (Content.Unreadable e) {
                        return "unreadable";
                    }
                })
                .orElse("unknown");
    }

    static ProbeReason statusReason(int status) {
        if (status == 401 || status == 403) {
            return ProbeReason.AUTH;
        }
        if (status == 429) {
            return ProbeReason.HTTP_429;
        }
        return switch (status / 100) {
            case 4 -> ProbeReason.HTTP_4XX;
            case 5 -> ProbeReason.HTTP_5XX;
            default -> ProbeReason.HTTP_STATUS;
        };
    }

    private @Nullable Failure assertions(Step.Http step, Map<String, Value> values) {
        try {
            return new AssertionCheck(content, circumstances, values, flight::note).check(step);
        } catch (Content.Unreadable e) {
            return new Failure(ProbeReason.SCHEMA, e.detail());
        }
    }

    /** Takes out what is there, and says what is not. */
    private @Nullable Failure extract(List<Extraction> extractions, Map<String, Value> extracted) {
        Failure failure = null;
        for (Extraction extraction : extractions) {
            Object found;
            try {
                found = content.find(extraction);
            } catch (Content.Unreadable e) {
                return failure == null ? new Failure(ProbeReason.SCHEMA, e.detail()) : failure;
            }
            if (found instanceof Value value && value.text().length() <= Limits.VALUE_CHARS_MAX) {
                extracted.put(extraction.variable(), value);
            } else if (failure == null && !(extraction.optional() && found == null)) {
                failure =
                        new Failure(
                                ProbeReason.SCHEMA,
                                "no usable value for the variable \"%s\" in the response"
                                        .formatted(extraction.variable()));
            }
        }
        return failure;
    }
}
