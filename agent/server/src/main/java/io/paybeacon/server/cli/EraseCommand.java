package io.paybeacon.server.cli;

import io.paybeacon.server.config.Role;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code paybeacon erase}. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Has a customer forgotten, by the platform's opaque id: no payment and no order leads"
                    + " to it any more. It is asked of the running agent.",
            "",
            "Exit codes: 0 accepted, 1 refused, 2 mistakes in the command or the configuration, 3"
                    + " no agent answers.",
            ""
        })
final class EraseCommand implements Callable<Integer> {
    @ParentCommand @Nullable Main main;
    @Spec @Nullable CommandSpec spec;
    @Mixin ApiOptions api = new ApiOptions();

    @Option(
            names = "--customer",
            required = true,
            paramLabel = "ID",
            description = "The platform's id of the customer.")
    String customer = "";

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        return api.ask(
                Specs.of(main),
                Specs.of(spec).commandLine().getErr(),
                Role.ACT,
                client -> {
                    JsonObject done =
                            client.send(
                                    "DELETE",
                                    "/api/v1/customers/" + ApiClient.escape(customer),
                                    Optional.empty());
                    if (!api.printed(done, out)) {
                        out.println("Accepted as erasure " + done.getString("erasure"));
                        out.flush();
                    }
                });
    }
}
