package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.api.Answer;
import io.paybeacon.sandbox.api.ApiRequest;
import io.paybeacon.sandbox.limit.Limits;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Access tokens (developer.paypal.com/api/rest/authentication): client credentials by basic
 * authentication against a bearer token of nine hours. Bounded: when {@link
 * Limits#ACCESS_TOKENS_MAX} are valid the oldest is no longer accepted. Thread-safe.
 */
final class Tokens {
    /** The client that is known; neither is a secret. */
    static final String CLIENT_ID = "sandbox-client-id";

    static final String CLIENT_SECRET = "sandbox-client-secret-not-real";

    static final Duration LASTS = Duration.ofHours(9);

    private static final String APP_ID = "APP-80W284485P519543T";
    private static final String SCOPE =
            "https://uri.paypal.com/services/payments/realtimepayment"
                    + " https://uri.paypal.com/services/payments/payment/authcapture openid"
                    + " https://uri.paypal.com/services/payments/refund"
                    + " https://api.paypal.com/v1/payments/.*"
                    + " https://uri.paypal.com/services/applications/webhooks";

    private final ObjectIds ids;
    private final InstantSource clock;
    private final LinkedHashMap<String, Instant> ends = new LinkedHashMap<>();

    Tokens(ObjectIds ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Refuses a request for a token that does not come from the known client. */
    static Optional<Answer> refuseClient(ApiRequest request) {
        Optional<String> given = credentials(request, "basic").flatMap(Tokens::decoded);
        String known = CLIENT_ID + ":" + CLIENT_SECRET;
        return given.filter(g -> same(g, known)).isPresent()
                ? Optional.empty()
                : Optional.of(oauth(401, "invalid_client", "Client Authentication failed"));
    }

    /** Refuses a request for anything else without a valid token. */
    Optional<Answer> refuseBearer(ApiRequest request) {
        if (request.header("Authorization").isEmpty()) {
            return Optional.of(PayPalRefusal.unauthenticated().answer(request.requestId()));
        }
        Optional<String> token = credentials(request, "bearer");
        synchronized (this) {
            Instant end = token.map(ends::get).orElse(null);
            if (end == null) {
                return Optional.of(
                        oauth(401, "invalid_token", "Token signature verification failed"));
            }
            return clock.instant().isBefore(end)
                    ? Optional.empty()
                    : Optional.of(
                            oauth(
                                    401,
                                    "invalid_token",
                                    "The token passed in was not found in the system"));
        }
    }

    /** A new token. */
    synchronized Answer issue(String form) {
        Optional<String> grant = grantType(form);
        if (grant.isEmpty()) {
            return oauth(400, "unsupported_grant_type", "Grant Type is NULL");
        }
        if (!grant.get().equals("client_credentials")) {
            return oauth(400, "unsupported_grant_type", "unsupported grant_type");
        }
        Instant now = clock.instant();
        String token = ids.token();
        ends.put(token, now.plus(LASTS));
        if (ends.size() > Limits.ACCESS_TOKENS_MAX) {
            ends.pollFirstEntry();
        }
        return new Answer(
                200,
                new JsonObject()
                        .put("scope", SCOPE)
                        .put("access_token", token)
                        .put("token_type", "Bearer")
                        .put("app_id", APP_ID)
                        .put("expires_in", LASTS.toSeconds())
                        .put("nonce", PayPalJson.time(now) + ids.nonce()),
                true);
    }

    /** Forgets every token, as when the gateway's keys are changed. */
    synchronized void revokeAll() {
        ends.clear();
    }

    private static Optional<String> grantType(String form) {
        for (String field : form.split("&", -1)) {
            if (field.startsWith("grant_type=")) {
                try {
                    return Optional.of(
                            URLDecoder.decode(
                                    field.substring("grant_type=".length()),
                                    StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    return Optional.of("");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> credentials(ApiRequest request, String scheme) {
        return request.header("Authorization")
                .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(scheme + " "))
                .map(h -> h.substring(scheme.length() + 1).strip());
    }

    private static Optional<String> decoded(String credentials) {
        try {
            byte[] bytes = Base64.getDecoder().decode(credentials);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean same(String given, String known) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), known.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer oauth(int status, String error, String description) {
        JsonObject body =
                new JsonObject().put("error", error).put("error_description", description);
        return new Answer(
                status,
                status == 401
                        ? Map.of("WWW-Authenticate", "Bearer error=\"" + error + "\"")
                        : Map.of(),
                body,
                false);
    }
}
