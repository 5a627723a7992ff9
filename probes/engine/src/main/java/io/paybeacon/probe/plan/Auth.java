package io.paybeacon.probe.plan;

/** What the Authorization header of a request says. */
public sealed interface Auth {

    /** {@code Bearer} and a token (RFC 6750). */
    record Bearer(Template token) implements Auth {}

    /** {@code Basic} and user and password (RFC 7617). */
    record Basic(Template user, Template password) implements Auth {}

    /**
     * {@code Bearer} and the token that an OAuth2 client of the plan was given.
     *
     * @param client its name under {@code oauth2}
     */
    record OAuth2(String client) implements Auth {}
}
