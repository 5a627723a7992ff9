package io.paybeacon.server.config;

import io.paybeacon.probe.secret.LiveKeys;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.Nearest;
import io.paybeacon.probe.yaml.Problems;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.probe.yaml.YamlReader;
import io.paybeacon.server.config.schema.ConfigKeys;
import io.paybeacon.server.config.schema.Defaults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the agent's configuration: whatever is not understood is a mistake with file, line, key and
 * remedy, and all mistakes are reported together. The keys are declared in {@link ConfigKeys}.
 */
public final class ConfigReader {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");
    private static final int FILE_BYTES_MAX = 1 << 20;

    private final Path file;
    private final Problems problems;
    private final ReadingContext context;
    private final Optional<AgentConfig> inForce;

    private ConfigReader(
            Path file,
            Map<String, String> environment,
            InstantSource clock,
            Optional<AgentConfig> inForce) {
        this.inForce = inForce;
        this.file = file.toAbsolutePath();
        Path parent = this.file.getParent();
        this.problems = new Problems(file.toString());
        this.context =
                new ReadingContext(
                        parent == null ? this.file : parent,
                        problems,
                        environment,
                        clock.instant());
    }

    /**
     * Reads a file. Blocks on the disk.
     *
     * @param environment where {@code ${env:NAME}} is looked up
     * @param clock the agent's, by which certificates expire
     */
    public static ConfigReading read(
            Path file, Map<String, String> environment, InstantSource clock) {
        return new ConfigReader(file, environment, clock, Optional.empty()).read();
    }

    /**
     * Reads a file for an agent that runs: what needs a restart to change is a mistake as well.
     * Blocks on the disk.
     *
     * @param inForce what the agent runs with
     */
    public static ConfigReading readAnew(
            Path file, Map<String, String> environment, InstantSource clock, AgentConfig inForce) {
        return new ConfigReader(file, environment, clock, Optional.of(inForce)).read();
    }

    private ConfigReading read() {
        String text;
        try {
            text = context.readText(file, FILE_BYTES_MAX);
        } catch (IOException e) {
            problems.add(
                    1,
                    "",
                    "the file cannot be read (%s); name a configuration with --config"
                            .formatted(ReadingContext.why(e)));
            return rejected();
        }
        refuseSecrets(text);
        AgentConfig config = YamlReader.read(text, problems).map(this::config).orElse(null);
        return config != null && problems.isEmpty()
                ? new ConfigReading.Accepted(config, context.files())
                : rejected();
    }

    private ConfigReading rejected() {
        return new ConfigReading.Rejected(problems.inFileOrder(), context.files());
    }

    /** A secret in a file that people copy, commit and show to each other is lost. */
    private void refuseSecrets(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (LiveKeys.containsKey(lines.get(i))) {
                problems.add(
                        i + 1,
                        "",
                        "a gateway's key is written out here; write ${env:NAME} or ${file:path},"
                                + " and replace the key, for it is no secret any more");
            }
            if (PRIVATE_KEY.matcher(lines.get(i)).find()) {
                problems.add(
                        i + 1,
                        "",
                        "a private key is written out here; write ${file:path}, and replace the"
                                + " key, for it is no secret any more");
            }
        }
    }

    private AgentConfig config(YamlNode.Mapping document) {
        Fields fields = context.fields(document, "", ConfigKeys.DOCUMENT);
        ListenConfig listen = new ListenReader(context).read(fields);
        String data = fields.optionalText("data", "name a directory").orElse(Defaults.DATA);
        Map<String, GatewayConfig> gateways = new GatewayReader(context).read(fields);
        AgentConfig config =
                new AgentConfig(
                        listen,
                        context.resolve(data),
                        List.copyOf(gateways.values()),
                        new ProbeReader(context, gateways).read(fields),
                        new SourceReader(context, gateways.keySet()).read(fields),
                        new HealthReader(context).read(fields),
                        new ModuleReader(context).read(fields),
                        new PaymentsReader(context).read(fields),
                        new FindingsReader(context).read(fields));
        inForce.ifPresent(running -> refuseWhatNeedsRestart(fields, running, config));
        return config;
    }

    private static void refuseWhatNeedsRestart(
            Fields fields, AgentConfig running, AgentConfig wanted) {
        ListenConfig then = running.listen();
        ListenConfig next = wanted.listen();
        if (!then.host().equals(next.host()) || then.port() != next.port()) {
            needsRestart(fields, "listen", "the agent listens on " + then.address());
        }
        if (then.tls().isPresent() && !fields.has("tls")) {
            needsRestart(fields, "tls", "the agent listens with TLS");
        }
        if (then.tls().isEmpty() && fields.has("tls")) {
            needsRestart(fields, "tls", "the agent listens without TLS");
        }
        if (!running.data().equals(wanted.data())) {
            needsRestart(fields, "data", "the agent keeps its data in " + running.data());
        }
        if (!running.health().equals(wanted.health())) {
            needsRestart(fields, "health", "the agent watches itself by other limits");
        }
        if (!running.findings().equals(wanted.findings())) {
            needsRestart(fields, "findings", "the agent keeps its findings otherwise");
        }
    }

    private static void needsRestart(Fields fields, String key, String now) {
        fields.problem(
                key,
                "%s, which cannot change while it runs; restart it, or take the change back"
                        .formatted(now));
    }

    /**
     * The message about a name that refers to nothing.
     *
     * @param what it should name
     * @param known the names there are
     */
    public static String noSuch(String what, String name, Iterable<String> known) {
        List<String> names = new ArrayList<>();
        known.forEach(names::add);
        return names.isEmpty()
                ? "there is no %s \"%s\"; none is configured".formatted(what, name)
                : "there is no %s \"%s\"; %s"
                        .formatted(what, name, Nearest.suggestion(name, names));
    }
}
