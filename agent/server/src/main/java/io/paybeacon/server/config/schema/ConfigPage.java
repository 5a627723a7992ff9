package io.paybeacon.server.config.schema;

import io.paybeacon.server.config.schema.Shape.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the reference page of the configuration, {@code docs/configuration.md}, and its JSON
 * Schema from the declared keys.
 */
public final class ConfigPage {
    private static final String HEAD =
            """
            # Configuration

            <!-- Generated from ConfigKeys by ConfigPage; edit the keys. -->

            The agent reads one file in YAML, `agent.yaml` unless `--config` names another, and the
            plans and secrets that it names. Relative paths start from the folder of the file.
            `paybeacon validate` names every mistake with its line, key and remedy; a key that is
            not listed here is one. [agent.schema.json](agent.schema.json) is the JSON Schema for
            editors: begin the file with
            `# yaml-language-server: $schema=.../agent.schema.json`.

            A **reference** is `${env:NAME}` or `${file:path}`, in quotes inside of braces. Secrets
            stand in the file as references only. A **duration** is digits and one of `ms`, `s`,
            `m`, `h`, `d`, such as `500ms` or `2m`. A **name** that you choose has at most 32
            lower-case letters, digits, `_` and `-`, with a letter first.

            The agent reads the file anew on `SIGHUP`, on `POST /-/reload`, and within seconds when
            it, a plan or a file with a secret changes. A file with a mistake changes nothing: the
            log names the mistakes, `POST /-/reload` answers with them, and
            `paybeacon_config_last_reload_successful` is 0. What did not change goes on untouched.
            `listen`, `data`, and whether there is `tls` need a restart.
            """;

    private final StringBuilder page = new StringBuilder();

    private ConfigPage() {}

    /**
     * Writes the page and the schema.
     *
     * @param arguments the file of the page, then those of the schema
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException(
                    "expected the file of the page and at least one of the schema");
        }
        Files.writeString(Path.of(arguments[0]), text());
        for (String schema : List.of(arguments).subList(1, arguments.length)) {
            Files.writeString(Path.of(schema), JsonSchema.text());
        }
    }

    /** The page in Markdown. */
    static String text() {
        ConfigPage writing = new ConfigPage();
        writing.page.append(HEAD);
        writing.group("The file", ConfigKeys.DOCUMENT, "");
        writing.page
                .append("\n## Every key, once\n\n```yaml\n")
                .append(ConfigExample.TEXT)
                .append("```\n");
        return writing.page.toString();
    }

    private void group(String title, Group group, String path) {
        page.append("\n## ").append(title).append("\n\n");
        table(group, path);
        for (Key key : group.keys()) {
            below(key.shape(), path + key.name());
        }
    }

    private void below(Shape shape, String path) {
        switch (shape) {
            case Group group -> group("`" + path + "`", group, path + ".");
            case Shape.Named named -> below(named.item(), path + "." + named.called());
            case Shape.OneOrMore many -> below(many.item(), path);
            case Shape.Items items -> below(items.item(), path + "[]");
            case Shape.Choice choice -> {
                for (Group group : choice.groups()) {
                    String keys = String.join("`, `", group.names());
                    group("`" + path + "` with `" + keys + "`", group, path + ".");
                }
            }
            case Shape.Text _,
                    Shape.Word _,
                    Shape.Whole _,
                    Shape.Span _,
                    Shape.Flag _,
                    Shape.Reference _,
                    Shape.Scalar _ -> {
                // Has no keys of its own.
            }
        }
    }

    private void table(Group group, String path) {
        page.append("| key | holds | default | meaning | example |\n|---|---|---|---|---|\n");
        for (Key key : group.keys()) {
            cells(
                    "`" + key.name() + "`",
                    holds(key.shape()),
                    key.required() ? "**must be there**" : standard(key.standard()),
                    key.meaning(),
                    example(path + key.name(), key.shape()));
        }
    }

    private void cells(String... cells) {
        for (String cell : cells) {
            page.append("| ").append(cell.replace("|", "\\|")).append(' ');
        }
        page.append("|\n");
    }

    /** A value in code, words as they are. */
    private static String standard(String text) {
        return text.matches("[A-Z0-9a-z.:]+") && !text.equals("none") ? "`" + text + "`" : text;
    }

    private static String holds(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text.form();
            case Shape.Word word -> "one of `" + String.join("`, `", word.words()) + "`";
            case Shape.Whole whole ->
                    "a whole number from %d to %d%s"
                            .formatted(
                                    whole.min(),
                                    whole.max(),
                                    whole.unit().isEmpty() ? "" : ", in " + whole.unit());
            case Shape.Span span -> "a duration, " + span.limits();
            case Shape.Flag _ -> "`true` or `false`";
            case Shape.Reference _ -> "a reference";
            case Shape.Scalar _ -> "a text, a number, `true` or `false`";
            case Shape.OneOrMore many -> holds(many.item()) + ", or a list of them";
            case Shape.Items items -> "a list of: " + holds(items.item());
            case Group _, Shape.Choice _ -> "keys, below";
            case Shape.Named named -> "for each `" + named.called() + "`: " + holds(named.item());
        };
    }

    private static String example(String path, Shape shape) {
        return switch (shape) {
            case Shape.Text text -> code(text.example());
            case Shape.Word word -> code(word.example());
            case Shape.Whole whole -> code(Long.toString(whole.example()));
            case Shape.Span span -> code(span.example());
            case Shape.Flag _ -> code("true");
            case Shape.Reference reference -> code(reference.example());
            case Shape.Scalar scalar -> code(scalar.example());
            case Shape.OneOrMore many -> example(path, many.item());
            case Shape.Items _, Group _, Shape.Choice _ -> "below";
            case Shape.Named named ->
                    switch (named.item()) {
                        case Shape.Reference reference ->
                                code("{NAME: \"" + reference.example() + "\"}");
                        case Shape.Scalar scalar -> code("{NAME: " + scalar.example() + "}");
                        default -> "below";
                    };
        };
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
