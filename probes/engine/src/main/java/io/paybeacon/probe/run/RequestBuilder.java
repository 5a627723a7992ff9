package io.paybeacon.probe.run;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.http.HttpCall;
import io.paybeacon.probe.http.HttpCall.Header;
import io.paybeacon.probe.http.Protocol;
import io.paybeacon.probe.plan.Address;
import io.paybeacon.probe.plan.Auth;
import io.paybeacon.probe.plan.OAuth2Client;
import io.paybeacon.probe.plan.OAuth2Client.ClientAuth;
import io.paybeacon.probe.plan.RequestTemplate;
import io.paybeacon.probe.plan.RequestTemplate.Version;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.plan.Template;
import io.paybeacon.probe.yaml.Value;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns a request template and the values of a run into a request. Confined to one run. */
final class RequestBuilder {

    private final Flight flight;
    private final ProbeTarget target;
    private final Function<String, Value> values;

    RequestBuilder(Flight flight) {
        this.flight = flight;
        this.target = flight.target();
        this.values = name -> value(name, flight.variables());
    }

    /**
     * The request of a step.
     *
     * @param key idempotency key, null for none
     * @param token the OAuth2 token, null when the step has another authorization or none
     * @param traceparent W3C trace context
     * @throws IllegalArgumentException if a value cannot stand where the plan puts it, or a secret
     *     would go to another origin than the gateway's
     */
    HttpCall build(
            Step.Http step,
            @Nullable String key,
            @Nullable String token,
            String traceparent,
            Duration deadline) {
        RequestTemplate request = step.request();
        Destination destination = destination(request.address());
        boolean elsewhere = !destination.origin().equals(Origin.of(target.baseUrl()));
        if (elsewhere && carriesSecret(request)) {
            throw new IllegalArgumentException(
                    "the URL is of the origin %s, and the step's secrets go to the gateway's only"
                            .formatted(destination.origin()));
        }
        List<Header> headers = common(traceparent);
        String authorization = authorization(request.auth(), token);
        if (authorization != null) {
            headers.add(new Header("Authorization", authorization));
        }
        String keyHeader = target.plan().idempotencyHeader();
        if (key != null && keyHeader != null) {
            headers.add(new Header(keyHeader, key));
        }
        for (RequestTemplate.Field field : request.headers()) {
            headers.add(header(field.name(), field.value()));
        }
        Buffer body = BodyWriter.write(request.body(), values, headers);
        return call(
                request.method(),
                destination,
                headers,
                body,
                request.version(),
                deadline,
                step.bodyBytesMax());
    }

    /** The request for a token (RFC 6749, section 4.4.2). */
    HttpCall token(OAuth2Client client, String traceparent, Duration deadline, int bodyBytesMax) {
        List<Header> headers = common(traceparent);
        headers.add(new Header("Accept", "application/json"));
        String id = text(client.clientId());
        String secret = text(client.clientSecret());
        List<RequestTemplate.Field> form = new ArrayList<>();
        form.add(literal("grant_type", "client_credentials"));
        if (client.scope() != null) {
            form.add(new RequestTemplate.Field("scope", client.scope()));
        }
        form.addAll(client.form());
        if (client.clientAuth() == ClientAuth.BASIC) {
            // RFC 6749, section 2.3.1: both are form-encoded before they are joined.
            headers.add(new Header("Authorization", basic(encoded(id), encoded(secret))));
        } else {
            form.add(literal("client_id", id));
            form.add(literal("client_secret", secret));
        }
        Buffer body = BodyWriter.write(new RequestTemplate.Body.Form(form), values, headers);
        return call(
                "POST",
                destination(client.address()),
                headers,
                body,
                Version.HTTP_1_1,
                deadline,
                bodyBytesMax);
    }

    /** The text of a template with this run's values, secrets included. */
    String text(Template template) {
        return template.text(values, Function.identity());
    }

    private static RequestTemplate.Field literal(String name, String value) {
        return new RequestTemplate.Field(name, Template.of(new Value.Text(value)));
    }

    private static List<Header> common(String traceparent) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("User-Agent", "Paybeacon"));
        headers.add(new Header("traceparent", traceparent));
        return headers;
    }

    private HttpCall call(
            String method,
            Destination destination,
            List<Header> headers,
            Buffer body,
            Version version,
            Duration deadline,
            int bodyBytesMax) {
        Origin origin = destination.origin();
        Protocol protocol =
                switch (version) {
                    case HTTP_1_1 -> Protocol.HTTP_1_1;
                    case HTTP_2 -> origin.tls() ? Protocol.HTTP_2 : Protocol.H2C;
                };
        return new HttpCall(
                method,
                origin.tls(),
                origin.host(),
                origin.port(),
                destination.target(),
                headers,
                body,
                deadline,
                bodyBytesMax,
                protocol,
                target.proxy());
    }

    /** Path and query of a URL, as a request line carries them. */
    static String target(URI url) {
        String path =
                url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private static boolean carriesSecret(RequestTemplate request) {
        return request.auth() != null
                || request.headers().stream()
                        .anyMatch(header -> !header.value().secrets().isEmpty());
    }

    /** Where a request goes: path and query as the request line carries them. */
    private record Destination(Origin origin, String target) {}

    private Destination destination(Address address) {
        return switch (address) {
            case Address.Path(Template path) -> {
                URI base = target.baseUrl();
                String prefix = base.getRawPath();
                String trimmed =
                        prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
                yield new Destination(
                        Origin.of(base),
                        trimmed + path.text(values, RequestBuilder::percentEncoded));
            }
            case Address.Url(Template url) -> absolute(url);
        };
    }

    /** A value at the beginning is a URL by itself; later ones are parts of it. */
    private Destination absolute(Template template) {
        Template first = new Template(template.parts().subList(0, 1));
        Template rest = new Template(template.parts().subList(1, template.parts().size()));
        String text = text(first) + rest.text(values, RequestBuilder::percentEncoded);
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the URL \"%s\" cannot be read".formatted(text), e);
        }
        return new Destination(Origin.of(url), target(url));
    }

    private @Nullable String authorization(@Nullable Auth auth, @Nullable String token) {
        return switch (auth) {
            case null -> null;
            case Auth.Bearer bearer ->
                    "Bearer " + headerValue("Authorization", text(bearer.token()));
            case Auth.Basic basic -> basic(text(basic.user()), text(basic.password()));
            case Auth.OAuth2 _ -> "Bearer " + requireNonNull(token, "no token was asked for");
        };
    }

    private String basic(String user, String password) {
        String pair = user + ":" + password;
        flight.conceal(pair);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private Value value(String name, Map<String, Value> variables) {
        if (name.startsWith("secret.")) {
            String secret = name.substring("secret.".length());
            return new Value.Text(requireNonNull(target.secrets().get(secret)).reveal());
        }
        Value value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the variable \"" + name + "\" has no value");
        }
        return value;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A form-encoded value uses a plus for a space, which a path takes literally. */
    private static String percentEncoded(String text) {
        return encoded(text).replace("+", "%20");
    }

    private Header header(String name, Template value) {
        return new Header(name, headerValue(name, text(value)));
    }

    private static String headerValue(String name, String text) {
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException(
                    "the value of the header \"" + name + "\" has a control character");
        }
        return text;
    }
}
