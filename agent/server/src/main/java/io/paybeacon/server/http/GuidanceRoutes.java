package io.paybeacon.server.http;

import io.paybeacon.core.decline.DeclineRule;
import io.paybeacon.core.decline.Guidance;
import io.paybeacon.core.decline.GuidanceTexts;
import io.paybeacon.core.decline.SupportAct;
import io.paybeacon.core.event.DeclineCause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to tell whom about a refusal: {@code GET /api/v1/guidance/{cause}?locale=LOCALE}. */
final class GuidanceRoutes {
    /** A language, and what may follow it (RFC 5646). */
    private static final Pattern LOCALE =
            Pattern.compile("[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,4}");

    void mount(Routes routes) {
        routes.mount(Operation.GET_GUIDANCE, GuidanceRoutes::guidance);
    }

    private static void guidance(RoutingContext request) {
        DeclineCause cause = DeclineCause.NAMES.find(Answers.parameter(request, "cause"));
        if (cause == null) {
            Answers.problem(
                    request,
                    404,
                    "Unknown cause",
                    "The cause is one of "
                            + Stream.of(DeclineCause.values())
                                    .map(DeclineCause::label)
                                    .collect(Collectors.joining(", "))
                            + ".");
            return;
        }
        try {
            Locale locale = locale(request.queryParams().get("locale"));
            Answers.json(request, json(cause, locale));
        } catch (BadQuestionException e) {
            Answers.problem(request, e.status(), e.title(), e.detail());
        }
    }

    /** The language that is asked for; English when none is. */
    static Locale locale(@Nullable String tag) throws BadQuestionException {
        if (tag == null) {
            return Locale.ENGLISH;
        }
        if (!LOCALE.matcher(tag).matches()) {
            throw new BadQuestionException(
                    400, "Bad parameter", "locale is a language tag such as en or de-CH");
        }
        return Locale.forLanguageTag(tag.replace('_', '-'));
    }

    /** What is said of a cause, in the language if there are texts in it, else in English. */
    static JsonObject json(DeclineCause cause, Locale locale) {
        Guidance guidance = GuidanceTexts.in(locale).of(cause);
        DeclineRule rule = DeclineRule.of(cause);
        JsonArray acts = new JsonArray();
        rule.support().stream().map(SupportAct::label).forEach(acts::add);
        return new JsonObject()
                .put("cause", cause.label())
                .put("class", cause.declineClass().label())
                .put("key", guidance.key())
                .put("locale", guidance.locale().toLanguageTag())
                .put("customer", guidance.customer())
                .put("support", guidance.support())
                .put("retry", rule.retry().label())
                .put("remedy", rule.remedy().name().toLowerCase(Locale.ROOT))
                .put("supportActs", acts)
                .put("source", rule.source());
    }
}
