package io.paybeacon.server.cli;

import io.paybeacon.server.Agent;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line of the agent. */
@Command(
        name = "paybeacon",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Watches the payment gateways of a marketplace.",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            ValidateCommand.class,
            OrphansCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            FindingsCommand.class,
            EraseCommand.class,
            ReplayCommand.class
        })
public final class Main {
    private static final String LOG_FORMAT =
            "%1$tY-%1$tm-%1$tdT%1$tH:%1$tM:%1$tS.%1$tL%1$tz %4$-7s %5$s%6$s%n";

    /** Libraries that tell of every start. Held here, or their loggers would be forgotten. */
    private static final List<Logger> QUIET =
            Stream.of("org.flywaydb", "com.zaxxer.hikari").map(Logger::getLogger).toList();

    /** A check tells of each run itself. Held here like those above. */
    private static final Logger RUNS = Logger.getLogger(Agent.LOG_OF_RUNS);

    private final Disclosure disclosure;

    private Main(Disclosure disclosure) {
        this.disclosure = disclosure;
    }

    /** Masks what the command shows. */
    Disclosure disclosure() {
        return disclosure;
    }

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
            System.setProperty("java.util.logging.SimpleFormatter.format", LOG_FORMAT);
        }
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        if (List.of(args).contains("check")) {
            RUNS.setLevel(Level.OFF);
        }
        Disclosure disclosure = new Disclosure();
        disclosure.guard(Logger.getLogger(""));
        disclosure.catchUncaught();
        // A print stream behind it tells when nobody reads any more.
        CommandLine command =
                commandLine(disclosure)
                        .setOut(new PrintWriter(System.out, true, System.out.charset()))
                        .setErr(new PrintWriter(System.err, true, System.err.charset()));
        System.exit(execute(command, disclosure, args));
    }

    /** Runs a command; its exit code, also when the machine fails it. */
    static int execute(CommandLine command, Disclosure disclosure, String... args) {
        try {
            return command.execute(args);
        } catch (Error e) {
            // Such as memory that is used up, or a library that this machine cannot load.
            command.getErr().println("paybeacon: the agent failed: " + disclosure.trace(e));
            command.getErr().flush();
            return ExitCode.AGENT;
        }
    }

    /** The command line, for tests as well. */
    static CommandLine commandLine(Disclosure disclosure) {
        return new CommandLine(new Main(disclosure))
                .setExitCodeExceptionMapper(error -> ExitCode.AGENT)
                .setExecutionExceptionHandler((error, command, parsed) -> {
                    command.getErr()
                            .println("paybeacon: the agent failed: " + disclosure.trace(error));
                    command.getErr().flush();
                    return ExitCode.AGENT;
                })
                .setParameterExceptionHandler((error, args) -> refuse(error, disclosure));
    }

    private static int refuse(CommandLine.ParameterException error, Disclosure disclosure) {
        CommandLine command = error.getCommandLine();
        command.getErr().println("paybeacon: " + disclosure.shown(error));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(error, command.getErr())) {
            command.getErr().println("see: paybeacon " + command.getCommandName() + " --help");
        }
        return ExitCode.BAD_CONFIGURATION;
    }

    /** The version that the build wrote. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            return new String[] {"paybeacon " + text()};
        }

        /** The version alone. */
        static String text() throws IOException {
            try (InputStream in = Main.class.getResourceAsStream("version.txt")) {
                if (in == null) {
                    throw new IOException("version.txt is not on the class path");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
        }
    }
}
