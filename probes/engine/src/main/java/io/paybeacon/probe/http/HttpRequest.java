package io.paybeacon.probe.http;

import io.netty.util.NetUtil;
import io.paybeacon.probe.http.HttpCall.Header;
import io.paybeacon.probe.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The head of a request as it goes on the wire, apart from the syntax of its version of HTTP.
 *
 * @param method HTTP method
 * @param scheme http or https
 * @param authority host, with the port unless it is the scheme's own
 * @param target path and query, or the whole URL for a proxy that is asked for the resource
 * @param headers without Host
 */
record HttpRequest(
        String method, String scheme, String authority, String target, List<Header> headers) {

    /** Methods whose requests have a length even when they have no content (RFC 9110, 8.6). */
    private static final Set<String> WITH_CONTENT = Set.of("POST", "PUT", "PATCH");

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** The head of a call. */
    static HttpRequest of(HttpCall call, Route route) {
        String scheme = call.tls() ? "https" : "http";
        String authority = authority(call);
        boolean asksProxy = route.proxy().isPresent() && !route.tunnel();
        List<Header> headers = new ArrayList<>();
        for (Header header : call.headers()) {
            if (!header.name().equalsIgnoreCase("host")
                    && !header.name().equalsIgnoreCase("content-length")) {
                headers.add(header);
            }
        }
        if (call.body().length() > 0 || WITH_CONTENT.contains(call.method())) {
            headers.add(new Header("content-length", Integer.toString(call.body().length())));
        }
        if (asksProxy) {
            route.proxy()
                    .ifPresent(proxy ->
                            proxy.user()
                                    .ifPresent(user ->
                                            headers.add(
                                                    new Header(
                                                            "proxy-authorization",
                                                            basic(user, proxy)))));
        }
        String target = asksProxy ? scheme + "://" + authority + call.target() : call.target();
        return new HttpRequest(call.method(), scheme, authority, target, headers);
    }

    private static String authority(HttpCall call) {
        String host =
                NetUtil.isValidIpV6Address(call.host()) ? "[" + call.host() + "]" : call.host();
        return call.port() == (call.tls() ? HTTPS_PORT : HTTP_PORT)
                ? host
                : host + ":" + call.port();
    }

    /** RFC 7617. */
    private static String basic(Secret user, Proxy proxy) {
        String pair = user.reveal() + ":" + proxy.password().map(Secret::reveal).orElse("");
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
