package io.paybeacon.probe.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpAttempt.Response;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.Assertion;
import io.paybeacon.probe.plan.Extraction;
import io.paybeacon.probe.plan.JsonDocument;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.Failure;
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

    private final Plan.Decline decline;

    ResponseJudge(Plan.Decline decline) {
        this.decline = decline;
    }

    Verdict judge(Step.Http step, Response response, long latencyNanos, Map<String, Value> known) {
        boolean declined = decline.statuses().contains(response.status());
        boolean refused = declined || isRefusal(response.status());
        Failure early = declineOrStatus(step, response);
        if (early != null) {
            return new Verdict(early, Map.of(), refused, declined);
        }
        boolean ofJson =
                step.extractions().stream().anyMatch(Extraction.FromJson.class::isInstance)
                        || step.assertions().stream().anyMatch(ResponseJudge::readsJson);
        Object document = null;
        if (ofJson) {
            try {
                document = JsonDocument.parse(response.body().getBytes());
            } catch (JsonProcessingException e) {
                String message = "the body is not JSON: " + e.getOriginalMessage();
                Failure schema = new Failure(ProbeReason.SCHEMA, message);
                return new Verdict(schema, Map.of(), refused, declined);
            }
        }
        Map<String, Value> extracted = new LinkedHashMap<>();
        Failure failure = extract(step, response, document, extracted);
        if (failure == null) {
            Map<String, Value> values = new LinkedHashMap<>(known);
            values.putAll(extracted);
            failure = new AssertionCheck(response, document, latencyNanos, values).check(step);
        }
        return new Verdict(failure, extracted, refused, declined);
    }

    /** Only the values of a response, for a request that was repeated to learn them. */
    Verdict readOnly(Step.Http step, Response response) {
        Step.Http bare =
                new Step.Http(
                        step.name(),
                        step.timeout(),
                        step.request(),
                        step.effect(),
                        step.idempotent(),
                        step.extractions(),
                        List.of(),
                        null,
                        step.releasedWhen(),
                        step.bodyBytesMax());
        return judge(bare, response, 0, Map.of());
    }

    private static boolean isRefusal(int status) {
        return status >= 400 && status < 500 && !UNDECIDED_4XX.contains(status);
    }

    private @Nullable Failure declineOrStatus(Step.Http step, Response response) {
        int status = response.status();
        boolean declined = decline.statuses().contains(status);
        Step.ExpectedDecline expected = step.expectDecline();
        if (expected != null) {
            if (declined) {
                return unexpectedCode(expected, response);
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
        if (allowed.isEmpty() ? status / 100 == 2 : allowed.contains(status)) {
            return null;
        }
        if (declined) {
            return new Failure(
                    ProbeReason.DECLINED_UNEXPECTED,
                    "declined with status %d, code %s".formatted(status, declineCode(response)));
        }
        String wanted = allowed.isEmpty() ? "2xx" : allowed.toString();
        return new Failure(
                statusReason(status), "status %d, expected %s".formatted(status, wanted));
    }

    private @Nullable Failure unexpectedCode(Step.ExpectedDecline expected, Response response) {
        String code = declineCode(response);
        return expected.codes().isEmpty() || expected.codes().contains(code)
                ? null
                : new Failure(
                        ProbeReason.DECLINED_UNEXPECTED,
                        "declined with code %s, expected %s".formatted(code, expected.codes()));
    }

    private String declineCode(Response response) {
        return Optional.ofNullable(decline.code())
                .map(path -> {
                    try {
                        Object document = JsonDocument.parse(response.body().getBytes());
                        Object found = document == null ? null : path.read(document);
                        return found instanceof Value value ? value.text() : "none";
                    } catch (JsonProcessingException e) {
                        return "unreadable";
                    }
                })
                .orElse("unknown");
    }

    private static ProbeReason statusReason(int status) {
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

    private static boolean readsJson(Assertion assertion) {
        return assertion instanceof Assertion.Json || assertion instanceof Assertion.Amount;
    }

    /** Takes out what is there, and says what is not. */
    private static @Nullable Failure extract(
            Step.Http step,
            Response response,
            @Nullable Object document,
            Map<String, Value> extracted) {
        Failure failure = null;
        for (Extraction extraction : step.extractions()) {
            Object found =
                    switch (extraction) {
                        case Extraction.FromJson json ->
                                document == null ? null : json.path().read(document);
                        case Extraction.FromHeader header ->
                                response.header(header.header()).map(Value.Text::new).orElse(null);
                    };
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
