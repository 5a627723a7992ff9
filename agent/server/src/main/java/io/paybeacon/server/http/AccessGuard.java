package io.paybeacon.server.http;

import io.paybeacon.probe.secret.Secret;
import io.paybeacon.server.config.AccessToken;
import io.paybeacon.telemetry.AccessRefusal;
import io.paybeacon.telemetry.ProcessMetrics;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets through who may ask, and says who that is. With tokens: who shows one of them (RFC 6750);
 * the comparison takes the same time whatever is shown, and a wrong token costs its sender the
 * connection. Without: who names this machine, so that no page in a browser reaches the agent under
 * a name of its own (DNS rebinding). Safe for use by many event loops.
 */
final class AccessGuard implements Handler<RoutingContext> {
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/-]+=*)");
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[[0-9A-Fa-f:.]+]");
    private static final String CHALLENGE = "Bearer realm=\"paybeacon\"";

    private final Supplier<List<AccessToken>> tokens;
    private final ProcessMetrics process;

    /**
     * A guard.
     *
     * @param tokens those that hold now; asked for every request
     */
    AccessGuard(Supplier<List<AccessToken>> tokens, ProcessMetrics process) {
        this.tokens = tokens;
        this.process = process;
    }

    @Override
    public void handle(RoutingContext request) {
        List<AccessToken> expected = tokens.get();
        if (expected.isEmpty()) {
            checkHost(request);
        } else {
            checkToken(request, expected);
        }
    }

    private void checkToken(RoutingContext request, List<AccessToken> expected) {
        List<String> shown = request.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        if (shown.isEmpty()) {
            refuse(
                    request,
                    AccessRefusal.NO_TOKEN,
                    CHALLENGE,
                    "This address asks for a token of the agent: Authorization: Bearer TOKEN.");
            return;
        }
        Caller caller = shown.size() == 1 ? caller(shown.getFirst(), expected) : null;
        if (caller != null) {
            caller.letThrough(request);
            return;
        }
        // Guessing costs a connection, and where there is TLS a handshake, for each guess.
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        refuse(
                request,
                AccessRefusal.WRONG_TOKEN,
                CHALLENGE + ", error=\"invalid_token\"",
                "The token is none of the agent's.");
    }

    /** Whose token it is; null when it is nobody's. All are compared, whichever is right. */
    private static @Nullable Caller caller(String header, List<AccessToken> expected) {
        if (header.length() > Limits.AUTHORIZATION_CHARS_MAX) {
            return null;
        }
        Matcher matcher = BEARER.matcher(header.strip());
        if (!matcher.matches()) {
            return null;
        }
        // The digests have one length, so that the time says nothing of the token's.
        byte[] shown = digest(matcher.group(1));
        Caller caller = null;
        for (AccessToken token : expected) {
            for (Secret secret : token.secrets()) {
                if (MessageDigest.isEqual(shown, digest(secret.reveal()))) {
                    caller = new Caller(token.name(), token.role());
                }
            }
        }
        return caller;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private void refuse(
            RoutingContext request, AccessRefusal why, String challenge, String detail) {
        process.refusedAccess(why);
        request.response().putHeader("WWW-Authenticate", challenge);
        Answers.problem(request, 401, "Unauthorized", detail);
    }

    private void checkHost(RoutingContext request) {
        if (namesThisMachine(request.request().authority())) {
            Caller.LOCAL.letThrough(request);
            return;
        }
        process.refusedAccess(AccessRefusal.FOREIGN_HOST);
        Answers.problem(
                request,
                421,
                "Misdirected request",
                "The Host header names neither localhost nor an address. Ask by address, have the"
                        + " proxy send Host: 127.0.0.1, or configure a token.");
    }

    /** A page can make a name lead here, but no literal address. */
    private static boolean namesThisMachine(@Nullable HostAndPort authority) {
        if (authority == null) {
            return false;
        }
        String host = authority.host();
        return host.equalsIgnoreCase("localhost")
                || LITERAL.matcher(host).matches()
                || host.contains(":");
    }
}
