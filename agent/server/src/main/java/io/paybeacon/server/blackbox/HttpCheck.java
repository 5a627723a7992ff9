package io.paybeacon.server.blackbox;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpAttempt;
import io.paybeacon.probe.http.HttpCall;
import io.paybeacon.probe.http.HttpCall.Header;
import io.paybeacon.probe.http.HttpProbe;
import io.paybeacon.probe.http.Protocol;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import io.paybeacon.server.config.ModuleConfig;
import io.paybeacon.server.config.ModuleConfig.Check;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One HTTP probe with its redirects, each a hop of its own. Confined to its context. */
final class HttpCheck {
    private static final Map<String, List<Phase>> PHASES =
            Map.of(
                    "resolve", List.of(Phase.RESOLVE),
                    "connect", List.of(Phase.CONNECT),
                    "tls", List.of(Phase.TLS),
                    "processing", List.of(Phase.SETTINGS, Phase.WRITE, Phase.SERVER),
                    "transfer", List.of(Phase.TRANSFER));
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpProbe probe;
    private final ContextInternal context;
    private final ModuleConfig module;
    private final Check.Http check;
    private final LongSupplier nanos;
    private final Map<Phase, Long> phases = new EnumMap<>(Phase.class);
    private int redirects;

    HttpCheck(
            HttpProbe probe,
            ContextInternal context,
            ModuleConfig module,
            Check.Http check,
            LongSupplier nanos) {
        this.probe = probe;
        this.context = context;
        this.module = module;
        this.check = check;
        this.nanos = nanos;
    }

    Future<BlackboxAnswer> run(Target target, Duration deadline) {
        long endNanos = nanos.getAsLong() + deadline.toNanos();
        return hop(target, target, check.method(), endNanos);
    }

    private Future<BlackboxAnswer> hop(Target target, Target first, String method, long endNanos) {
        Duration left = Duration.ofNanos(Math.max(1_000_000, endNanos - nanos.getAsLong()));
        return probe.send(context, module.connection().tls(), call(target, first, method, left))
                .compose(attempt -> {
                    attempt.phases()
                            .nanos()
                            .forEach((phase, time) -> phases.merge(phase, time, Long::sum));
                    Optional<Target> next = next(attempt, target);
                    if (next.isEmpty() || redirects >= check.redirectsMax()) {
                        return Future.succeededFuture(answer(attempt, target));
                    }
                    redirects++;
                    boolean keeps =
                            Set.of(307, 308).contains(attempt.status()) || method.equals("HEAD");
                    return hop(next.get(), first, keeps ? method : "GET", endNanos);
                });
    }

    private HttpCall call(Target target, Target first, String method, Duration deadline) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("User-Agent", "Paybeacon"));
        boolean sameOrigin = target.origin().equals(first.origin());
        check.headers().forEach((name, value) -> headers.add(new Header(name, value)));
        // What shows who asks goes to the host that was named, and to no other that it names.
        if (sameOrigin) {
            check.token()
                    .ifPresent(token ->
                            headers.add(new Header("Authorization", "Bearer " + token.reveal())));
            check.login()
                    .ifPresent(login ->
                            headers.add(
                                    new Header(
                                            "Authorization",
                                            "Basic "
                                                    + basic(
                                                            login.user().reveal(),
                                                            login.password().reveal()))));
        } else {
            headers.removeIf(header -> isSensitive(header.name()));
        }
        boolean body = method.equals(check.method()) && !check.body().isEmpty();
        return new HttpCall(
                method,
                target.tls(),
                target.host(),
                target.port(),
                target.path(),
                headers,
                body ? Buffer.buffer(check.body()) : Buffer.buffer(),
                deadline,
                Limits.BODY_BYTES_MAX,
                target.tls() ? check.protocol() : Protocol.HTTP_1_1,
                module.connection().proxy());
    }

    private static boolean isSensitive(String name) {
        return Set.of("authorization", "cookie", "x-api-key")
                .contains(name.toLowerCase(Locale.ROOT));
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Target> next(HttpAttempt attempt, Target from) {
        HttpAttempt.Response response = attempt.response();
        if (response == null || !REDIRECTS.contains(response.status())) {
            return Optional.empty();
        }
        return response.header("Location")
                .flatMap(location -> {
                    try {
                        URI resolved =
                                URI.create(from.origin() + from.path()).resolve(location.strip());
                        return Target.url(resolved.toString());
                    } catch (IllegalArgumentException e) {
                        return Optional.empty();
                    }
                });
    }

    private BlackboxAnswer answer(HttpAttempt attempt, Target last) {
        HttpAttempt.Response response = attempt.response();
        boolean unmatched = response != null && !matches(response);
        Failure failure = failure(attempt, last, unmatched);
        BlackboxAnswer answer =
                TargetProber.common(attempt, failure)
                        .put(BlackboxMetric.FAILED_REGEX, unmatched ? 1 : 0)
                        .put(BlackboxMetric.HTTP_STATUS, attempt.status())
                        .put(BlackboxMetric.HTTP_REDIRECTS, redirects)
                        .put(BlackboxMetric.HTTP_SSL, last.tls() ? 1 : 0)
                        .put(BlackboxMetric.HTTP_BODY_LENGTH, attempt.bodyBytes())
                        .phases(
                                BlackboxMetric.HTTP_DURATION,
                                new Phases(phases, 0),
                                PHASES,
                                response != null)
                        .put(BlackboxMetric.HTTP_VERSION, version(response))
                        .put(BlackboxMetric.HTTP_CONTENT_LENGTH, contentLength(response));
        if (response != null) {
            lastModified(response)
                    .ifPresent(at -> answer.put(BlackboxMetric.HTTP_LAST_MODIFIED, at));
        }
        return answer;
    }

    private static String version(HttpAttempt.@Nullable Response response) {
        if (response == null) {
            return "0";
        }
        String version = response.protocol().replace("HTTP/", "");
        return version.matches("[0-9](\\.[0-9])?") ? version : "0";
    }

    /** As the head says; -1 when it does not, and 0 without an answer. */
    private static long contentLength(HttpAttempt.@Nullable Response response) {
        return response == null
                ? 0
                : response.header("Content-Length")
                        .filter(text -> text.matches("[0-9]{1,15}"))
                        .map(Long::parseLong)
                        .orElse(-1L);
    }

    private @Nullable Failure failure(HttpAttempt attempt, Target last, boolean unmatched) {
        Failure failure = attempt.failure();
        if (failure != null) {
            return failure;
        }
        int status = attempt.status();
        boolean expected =
                check.statuses().isEmpty()
                        ? status >= 200 && status <= 299
                        : check.statuses().contains(status);
        if (!expected) {
            return new Failure(reason(status), "it answers " + status);
        }
        if (last.tls() ? check.failIfTls() : check.failIfNotTls()) {
            return new Failure(
                    ProbeReason.ASSERTION, last.tls() ? "it speaks TLS" : "it speaks no TLS");
        }
        return unmatched
                ? new Failure(ProbeReason.ASSERTION, "the body is not what the module expects")
                : null;
    }

    private static ProbeReason reason(int status) {
        return switch (status / 100) {
            case 3 -> ProbeReason.REDIRECT;
            case 4 ->
                    status == 429
                            ? ProbeReason.HTTP_429
                            : status == 401 || status == 403
                                    ? ProbeReason.AUTH
                                    : ProbeReason.HTTP_4XX;
            case 5 -> ProbeReason.HTTP_5XX;
            default -> ProbeReason.HTTP_STATUS;
        };
    }

    private boolean matches(HttpAttempt.Response response) {
        if (check.bodyMatches().isEmpty() && check.bodyNotMatches().isEmpty()) {
            return true;
        }
        String body = response.body().toString(StandardCharsets.UTF_8);
        return check.bodyMatches().stream().allMatch(regex -> finds(regex, body))
                && check.bodyNotMatches().stream().noneMatch(regex -> finds(regex, body));
    }

    private static boolean finds(String regex, String body) {
        return com.google.re2j.Pattern.compile(regex).matcher(body).find();
    }

    private static OptionalLong lastModified(HttpAttempt.Response response) {
        String text = response.header("Last-Modified").orElse("");
        try {
            Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return OptionalLong.of(at.getEpochSecond());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }
}
