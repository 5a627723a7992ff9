package io.paybeacon.server.cli;

import io.paybeacon.probe.secret.Secret;
import io.paybeacon.server.AgentException;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.Role;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command finds the agent, and who it says it is. */
final class ApiOptions {
    @Mixin ConfigOption config = new ConfigOption();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the agent is. Default: where the configuration has it listen")
    @Nullable String url;

    @Option(
            names = "--as",
            paramLabel = "TOKEN",
            description = {
                "The name of the configured token to show: it stands in the audit trail. Default:"
                        + " the first that may do it. "
                        + ApiClient.TOKEN_VARIABLE
                        + " in the environment holds a token to show instead."
            })
    @Nullable String tokenName;

    @Option(names = "--json", description = "Print what the agent answers.")
    boolean json;

    /** What a command does with an agent. */
    @FunctionalInterface
    interface Question {
        void ask(ApiClient client)
                throws IOException,
                        InterruptedException,
                        ApiClient.RefusedException,
                        AgentException;
    }

    /** What a command does when nobody listens. */
    @FunctionalInterface
    interface Offline {
        void run(AgentConfig config) throws IOException, AgentException;
    }

    /** Asks; the exit code. */
    int ask(Main main, PrintWriter err, Role needed, Question question)
            throws InterruptedException {
        return ask(
                main,
                err,
                needed,
                question,
                _ -> {
                    throw new AgentException(
                            "no agent listens there: start it with paybeacon run", null);
                });
    }

    /** The same; and what else to do when nobody listens. */
    int ask(Main main, PrintWriter err, Role needed, Question question, Offline offline)
            throws InterruptedException {
        Disclosure disclosure = main.disclosure();
        Optional<AgentConfig> read = config.read(err, disclosure);
        if (read.isEmpty()) {
            return ExitCode.BAD_CONFIGURATION;
        }
        Optional<String> shown = Optional.ofNullable(System.getenv(ApiClient.TOKEN_VARIABLE));
        shown.ifPresent(token -> disclosure.secrets().learn(List.of(Secret.of(token))));
        try (ApiClient client =
                ApiClient.of(
                        read.get(),
                        Optional.ofNullable(url),
                        Optional.ofNullable(tokenName),
                        shown,
                        needed)) {
            try {
                question.ask(client);
            } catch (IOException e) {
                if (!ApiClient.nobodyListens(e)) {
                    throw e;
                }
                offline.run(read.get());
            }
            return ExitCode.PASSED;
        } catch (ApiClient.RefusedException e) {
            err.println("paybeacon: " + disclosure.shown(e));
            err.flush();
            return ExitCode.FAILED;
        } catch (IOException | AgentException e) {
            err.println("paybeacon: " + disclosure.shown(e));
            err.flush();
            return ExitCode.AGENT;
        }
    }

    /** Prints an answer as it came, if that was asked for. */
    boolean printed(JsonObject answer, PrintWriter out) {
        if (json) {
            out.println(answer.encodePrettily());
            out.flush();
        }
        return json;
    }
}
