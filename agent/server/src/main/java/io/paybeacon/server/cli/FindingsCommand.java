package io.paybeacon.server.cli;

import static io.paybeacon.server.cli.ApiClient.escape;

import io.paybeacon.server.OfflineRebuild;
import io.paybeacon.server.config.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code paybeacon findings}. */
@Command(
        name = "findings",
        mixinStandardHelpOptions = true,
        description = {
            "What is wrong, and what people do about it, over the API of the running agent.",
            ""
        },
        footerHeading = "%nExit codes%n",
        footer = {
            "  0  done",
            "  1  the agent refuses: no such finding, no right to, not as things stand",
            "  2  mistakes in the command or the configuration",
            "  3  no agent answers"
        },
        synopsisSubcommandLabel = "COMMAND")
final class FindingsCommand implements Runnable {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,4})([mhd])");

    @ParentCommand @Nullable Main main;
    @Spec @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Specs.of(spec).commandLine(),
                "say what to do: list, show, ack, assign, snooze, comment, resolve,"
                        + " false-positive, reopen or rebuild");
    }

    private PrintWriter out() {
        return Specs.of(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Specs.of(spec).commandLine().getErr();
    }

    @Command(name = "list", description = "Lists findings, the latest opened first.")
    int list(
            @Mixin ApiOptions api,
            @Option(names = "--state", paramLabel = "STATE") @Nullable String state,
            @Option(names = "--kind", paramLabel = "KIND") @Nullable String kind,
            @Option(names = "--severity", paramLabel = "SEVERITY") @Nullable String severity,
            @Option(names = "--gateway", paramLabel = "GATEWAY") @Nullable String gateway,
            @Option(names = "--subject", paramLabel = "SUBJECT") @Nullable String subject,
            @Option(names = "--from", paramLabel = "TIME") @Nullable String from,
            @Option(names = "--before", paramLabel = "TIME") @Nullable String before,
            @Option(
                            names = "--all-agents",
                            description = "Those of all agents that share the database.")
                    boolean allAgents,
            @Option(names = "--limit", paramLabel = "COUNT", defaultValue = "50") int limit,
            @Option(names = "--after", paramLabel = "PLACE") @Nullable String after)
            throws InterruptedException {
        StringBuilder path = new StringBuilder("/api/v1/findings?limit=" + limit);
        parameter(path, "state", state);
        parameter(path, "kind", kind);
        parameter(path, "severity", severity);
        parameter(path, "gateway", gateway);
        parameter(path, "subject", subject);
        parameter(path, "from", from);
        parameter(path, "before", before);
        parameter(path, "agent", allAgents ? "*" : null);
        parameter(path, "after", after);
        return api.ask(
                Specs.of(main),
                err(),
                Role.READ,
                client -> {
                    JsonObject page = client.get(path.toString());
                    if (!api.printed(page, out())) {
                        new FindingText(out()).list(page);
                    }
                });
    }

    private static void parameter(StringBuilder path, String name, @Nullable String value) {
        if (value != null) {
            path.append('&').append(name).append('=').append(escape(value));
        }
    }

    @Command(name = "show", description = "Shows one finding with its audit trail.")
    int show(@Mixin ApiOptions api, @Parameters(paramLabel = "ID") String id)
            throws InterruptedException {
        return api.ask(
                Specs.of(main),
                err(),
                Role.READ,
                client -> {
                    JsonObject finding = client.get("/api/v1/findings/" + escape(id));
                    if (!api.printed(finding, out())) {
                        new FindingText(out()).one(finding);
                    }
                });
    }

    @Command(name = "ack", description = "Says that somebody saw it and is on it.")
    int ack(@Mixin ApiOptions api, @Parameters(paramLabel = "ID") String id)
            throws InterruptedException {
        return act(api, id, new JsonObject().put("act", "acknowledge"));
    }

    @Command(name = "assign", description = "Makes it somebody's.")
    int assign(
            @Mixin ApiOptions api,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "ASSIGNEE") String assignee)
            throws InterruptedException {
        return act(api, id, new JsonObject().put("act", "assign").put("assignee", assignee));
    }

    @Command(name = "snooze", description = "Puts it aside for a time such as 30m, 4h or 2d.")
    int snooze(
            @Mixin ApiOptions api,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "TIME") String time)
            throws InterruptedException {
        Matcher span = SPAN.matcher(time);
        String until = time;
        if (span.matches()) {
            ChronoUnit unit =
                    switch (span.group(2)) {
                        case "m" -> ChronoUnit.MINUTES;
                        case "h" -> ChronoUnit.HOURS;
                        default -> ChronoUnit.DAYS;
                    };
            Duration length = Duration.of(Long.parseLong(span.group(1)), unit);
            until = InstantSource.system().instant().plus(length).toString();
        }
        return act(api, id, new JsonObject().put("act", "snooze").put("until", until));
    }

    @Command(name = "comment", description = "Adds a remark.")
    int comment(
            @Mixin ApiOptions api,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "TEXT") String text)
            throws InterruptedException {
        return act(api, id, new JsonObject().put("act", "comment").put("text", text));
    }

    @Command(name = "resolve", description = "Says that it is done.")
    int resolve(
            @Mixin ApiOptions api,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "TEXT", arity = "0..1", defaultValue = "") String text)
            throws InterruptedException {
        return act(api, id, new JsonObject().put("act", "resolve").put("text", text));
    }

    @Command(name = "false-positive", description = "Says that nothing was wrong.")
    int falsePositive(
            @Mixin ApiOptions api,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "TEXT", arity = "0..1", defaultValue = "") String text)
            throws InterruptedException {
        return act(api, id, new JsonObject().put("act", "false_positive").put("text", text));
    }

    @Command(name = "reopen", description = "Opens it again.")
    int reopen(@Mixin ApiOptions api, @Parameters(paramLabel = "ID") String id)
            throws InterruptedException {
        return act(api, id, new JsonObject().put("act", "reopen"));
    }

    private int act(ApiOptions api, String id, JsonObject act) throws InterruptedException {
        return api.ask(
                Specs.of(main),
                err(),
                Role.ACT,
                client -> {
                    JsonObject finding =
                            client.send(
                                    "POST",
                                    "/api/v1/findings/" + escape(id) + "/acts",
                                    Optional.of(act));
                    if (!api.printed(finding, out())) {
                        new FindingText(out())
                                .list(
                                        new JsonObject()
                                                .put("findings", new JsonArray().add(finding)));
                    }
                });
    }

    @Command(
            name = "rebuild",
            description = {
                "Writes the findings store anew from what the engine has on record, acts of people"
                        + " included; with the agent when it runs, in its place when it does not."
            })
    int rebuild(@Mixin ApiOptions api) throws InterruptedException {
        return api.ask(
                Specs.of(main),
                err(),
                Role.ACT,
                client -> {
                    JsonObject done = client.send("POST", "/-/findings/rebuild", Optional.empty());
                    rebuilt(api, done);
                },
                config ->
                        rebuilt(api, new JsonObject().put("findings", OfflineRebuild.run(config))));
    }

    private void rebuilt(ApiOptions api, JsonObject done) {
        if (!api.printed(done, out())) {
            out().printf(
                            "The findings store is written anew: %d findings%n",
                            done.getLong("findings"));
            out().flush();
        }
    }
}
