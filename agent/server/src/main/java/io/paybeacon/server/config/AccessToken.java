package io.paybeacon.server.config;

import io.paybeacon.probe.secret.Secret;
import java.util.List;

/**
 * What somebody shows to be let in.
 *
 * @param name whose it is: it stands in the audit trail in place of the token
 * @param secrets the tokens themselves, each as good as the other; several while one replaces
 *     another
 */
public record AccessToken(String name, Role role, List<Secret> secrets) {
    /** The name of the token that has no name. */
    public static final String UNNAMED = "token";

    public AccessToken {
        secrets = List.copyOf(secrets);
    }
}
