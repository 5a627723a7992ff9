package io.paybeacon.probe.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that asks for its tokens by the client credentials grant (RFC 6749, section 4.4).
 *
 * @param name its name in the plan
 * @param address where tokens are given out
 * @param clientId client identifier
 * @param clientSecret client secret
 * @param scope what is asked for; null for what the server gives by itself
 * @param clientAuth how it says who it is
 * @param form further fields of the request, such as an audience
 * @param timeout time from the start of the request to the last byte of the token
 */
public record OAuth2Client(
        String name,
        Address address,
        Template clientId,
        Template clientSecret,
        @Nullable Template scope,
        ClientAuth clientAuth,
        List<RequestTemplate.Field> form,
        Duration timeout) {

    /** Where the client's credentials stand (RFC 6749, section 2.3.1). */
    public enum ClientAuth {
        /** In an Authorization header. */
        BASIC,
        /** In the form, as {@code client_id} and {@code client_secret}. */
        BODY
    }

    public OAuth2Client {
        requireNonNull(name, "name is null");
        form = List.copyOf(form);
    }
}
