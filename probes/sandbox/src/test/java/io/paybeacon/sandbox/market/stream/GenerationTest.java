package io.paybeacon.sandbox.market.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.SandboxCommand;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class GenerationTest {
    @TempDir Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int generate(String... options) {
        CommandLine command = new CommandLine(new SandboxCommand());
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] all = new String[options.length + 1];
        all[0] = "generate";
        System.arraycopy(options, 0, all, 1, options.length);
        return command.execute(all);
    }

    private List<JsonObject> events(Path file) throws IOException {
        return Files.readAllLines(file, UTF_8).stream().map(JsonObject::new).toList();
    }

    @Test
    void sameOptions_giveTheSameFiles() throws IOException {
        Path one = directory.resolve("one");
        Path two = directory.resolve("two");
        String[] options = {"--seed", "9", "--payments-per-hour", "20", "--out", one.toString()};
        assertThat(generate(options)).isZero();
        options[5] = two.toString();
        assertThat(generate(options)).isZero();
        assertThat(two).hasSameBinaryContentAs(one);
        assertThat(Path.of(two + ".truth.json"))
                .hasSameBinaryContentAs(Path.of(one + ".truth.json"));
    }

    @Test
    void everyLineIsACloudEvent_andTheTruthIsOfTheSamePayments() throws IOException {
        Path file = directory.resolve("events.jsonl");
        assertThat(
                        generate(
                                "--days=2",
                                "--tail-days=90",
                                "--payments-per-hour=25",
                                "--stuck-permille=40",
                                "--anomaly-permille=60",
                                "--incident=stripe/webhook_silence,start=10h,for=2h",
                                "--out=" + file))
                .as(err.toString())
                .isZero();
        List<JsonObject> events = events(file);
        assertThat(events).hasSizeGreaterThan(10_000);
        assertThat(events)
                .allMatch(e -> "1.0".equals(e.getString("specversion")))
                .allMatch(e -> !e.getString("id").isEmpty() && !e.getString("time").isEmpty())
                .allMatch(e -> e.getString("source").matches("platform|stripe|paypal|adyen|card"))
                .allMatch(e -> e.getValue("data") instanceof JsonObject);
        assertThat(events.stream().map(e -> e.getString("id")).distinct()).hasSize(events.size());
        JsonObject truth = new JsonObject(Files.readString(Path.of(file + ".truth.json"), UTF_8));
        Map<String, JsonObject> payments = new HashMap<>();
        array(truth, "payments").forEach(p -> payments.put(p.getString("payment"), p));
        Set<String> made =
                events.stream()
                        .map(e -> e.getJsonObject("data"))
                        .filter(data -> data.encode().contains("\"fact\":\"requested\""))
                        .map(data -> data.getJsonObject("payment"))
                        .map(p -> p.getString("gateway") + ":" + p.getString("reference"))
                        .collect(Collectors.toSet());
        assertThat(events.stream().map(e -> e.getString("type")).distinct())
                .containsExactlyInAnyOrder(
                        "io.paybeacon.order.placed.v1",
                        "io.paybeacon.payment.observed.v1",
                        "io.paybeacon.fraud.warned.v1",
                        "io.paybeacon.dispute.reported.v1",
                        "io.paybeacon.fee.charged.v1",
                        "io.paybeacon.settlement.line.v1",
                        "io.paybeacon.payout.reported.v1",
                        "io.paybeacon.transfer.reported.v1",
                        "io.paybeacon.transfer.reversed.v1",
                        "io.paybeacon.feedback.complained.v1",
                        "io.paybeacon.feedback.rated.v1");
        assertThat(made).isEqualTo(payments.keySet());
        assertThat(array(truth, "planted"))
                .hasSizeGreaterThan(100)
                .allMatch(p -> payments.containsKey(p.getString("payment")));
        assertThat(array(truth, "incidents")).hasSize(1);
        assertThat(out.toString())
                .contains("[##############################] 100 %")
                .contains(payments.size() + " payments");
    }

    private static List<JsonObject> array(JsonObject in, String key) {
        JsonArray array = in.getJsonArray(key);
        return array.stream().map(JsonObject.class::cast).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--days=0 | orders are placed for more than 0",
                "--payments-per-hour=0 | payments an hour must be from 1",
                "--start=yesterday | is no time",
                "--stuck-permille=2000 | thousandths",
                "--incident=stripe/rain,for=1h | names no kind",
            })
    void mistakes_areTold(String option, String said) {
        assertThat(generate(option, "--out=" + directory.resolve("never"))).isEqualTo(2);
        assertThat(err.toString()).contains(said);
        assertThat(directory.resolve("never")).doesNotExist();
    }

    @Test
    void fileThatCannotBeWritten_isToldWithAnExitCode() {
        Path nowhere = directory.resolve("no").resolve("such");
        assertThat(generate("--out=" + nowhere)).isEqualTo(3);
        assertThat(out.toString()).contains("cannot write").contains("such");
    }
}
