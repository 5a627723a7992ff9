package io.paybeacon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.StripeClient.Reply;
import io.paybeacon.sandbox.market.MarketOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SandboxTest {
    @Test
    void sameSeed_givesTheSameIds() throws IOException {
        assertThat(firstId(3)).isEqualTo(firstId(3)).isNotEqualTo(firstId(4));
    }

    private static String firstId(long seed) throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withSeed(seed))) {
            return new StripeClient(sandbox).pay(100, "pm_card_visa", "automatic").id();
        }
    }

    @Test
    void close_endsHeldRequestsAndIsRepeatable() {
        Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
        sandbox.faults().install("payment_intents.create:blackhole");
        sandbox.startMarketplace(MarketOptions.defaults().withOrdersPerSecond(50));
        CompletableFuture<Reply> held =
                new StripeClient(sandbox)
                        .postAsync("k", "/v1/payment_intents", "amount", "10", "currency", "zar");
        await().until(() -> sandbox.faults().list().getFirst().struck() > 3);
        sandbox.close();
        sandbox.close();
        await().until(held::isCompletedExceptionally);
    }

    @Test
    void portTaken_saysWhatToDo() {
        try (Sandbox first = Sandbox.start(SandboxOptions.defaults())) {
            int port = URI.create(first.baseUrl()).getPort();
            assertThatThrownBy(() -> Sandbox.start(SandboxOptions.defaults().withPort(port)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void options_outOfRange_areRefused() {
        SandboxOptions options = SandboxOptions.defaults();
        assertThatThrownBy(() -> options.withHost("0.0.0.0")).hasMessageContaining("loopback");
        assertThatThrownBy(() -> options.withApiKey("sk_live_abcdefghijk"))
                .hasMessageContaining("sk_test_")
                .hasMessageNotContaining("abcdefghijk");
        assertThatThrownBy(() -> options.withPort(70_000)).hasMessageContaining("port");
        assertThatThrownBy(() -> options.withRequestsPerSecondMax(0))
                .hasMessageContaining("at least");
        assertThatThrownBy(() -> options.withWebhookDelay(Duration.ofDays(1)))
                .hasMessageContaining("webhook delay");
        assertThat(options.toString()).doesNotContain(options.apiKey());
    }

    @Test
    void control_answersForWebhooksLedgerAndUnknownPaths() throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
                WebhookReceiver receiver = WebhookReceiver.answering(() -> 200)) {
            StripeClient client = new StripeClient(sandbox);
            String json = "{\"url\": \"" + receiver.url() + "\", \"secret\": \"whsec_t\"}";
            assertThat(client.postJson("/_sandbox/webhooks", json).status()).isEqualTo(200);
            String id = client.pay(100, "pm_card_visa", "manual").id();
            await().until(() -> receiver.deliveries().size() == 3);
            assertThat(client.get("/_sandbox/webhooks").body().getInteger("events")).isEqualTo(3);
            assertThat(
                            client.get("/_sandbox/ledger")
                                    .body()
                                    .getJsonArray("payments")
                                    .getJsonObject(0)
                                    .getLong("held"))
                    .isEqualTo(100);
            String control = "/_sandbox/payment_intents/" + id;
            assertThat(client.post(control + "/expire").status()).isEqualTo(200);
            assertThat(client.post(control + "/expire").status()).isEqualTo(400);
            assertThat(client.post(control + "/resolve?outcome=maybe").status()).isEqualTo(400);
            assertThat(client.post(control + "/resolve?outcome=pass").status()).isEqualTo(400);
            assertThat(client.get("/_sandbox/nope").status()).isEqualTo(404);
            Reply badHook = client.postJson("/_sandbox/webhooks", "{\"url\": \"ftp://x\"}");
            assertThat(badHook.status()).isEqualTo(400);
        }
    }

    @Test
    void command_runsForAWhileAndSaysWhatHappened(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "whsec_from_a_file\n");
        try (WebhookReceiver receiver = WebhookReceiver.answering(() -> 200)) {
            StringWriter out = new StringWriter();
            int exit =
                    execute(
                            out,
                            "--port=0",
                            "--for=2s",
                            "--orders-per-second=30",
                            "--speed=100",
                            "--webhook-url=" + receiver.url(),
                            "--webhook-secret-file=" + secret,
                            "--fault=refunds.create:status=500");
            assertThat(out.toString())
                    .contains("stripe  answers at http://127.0.0.1:")
                    .contains("and https://127.0.0.1:")
                    .contains("refunds.create:status=500")
                    .contains("orders placed")
                    .doesNotContain("whsec_from_a_file");
            assertThat(exit).isZero();
            assertThat(receiver.deliveries()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "--fault=webhooks:status=500 > webhooks know",
                "--for=soon > not a duration",
                "--api-key=sk_live_x > sk_test_",
                "--webhook-url=http://127.0.0.1:1/ > needs --webhook-secret-env",
                "--webhook-secret-env=NO_SUCH_NAME_HERE > no variable",
                "--orders-per-second=-1 > orders per second",
                "--gateway=visa > known: stripe, paypal, adyen, card",
                "--faults=/no/such/file > cannot read",
                "--fault=paypel/*:reset > is for the gateway 'paypel'",
                "--colour=red > Unknown option",
            })
    void command_withAWrongOption_exits2AndNamesIt(String option, String reason) {
        StringWriter out = new StringWriter();
        assertThat(execute(out, "--port=0", option.strip())).isEqualTo(2);
        assertThat(out.toString()).contains(reason.strip());
    }

    @Test
    void command_withOneGatewayAndASchedule_runsJustThat(@TempDir Path directory)
            throws IOException {
        Path schedule =
                Files.writeString(
                        directory.resolve("faults.yaml"),
                        "- at: 1h\n  fault: card/captures.refund:double_charge\n");
        Path authority = directory.resolve("ca.pem");
        StringWriter out = new StringWriter();
        int exit =
                execute(
                        out,
                        "--port=0",
                        "--for=1s",
                        "--gateway=card",
                        "--faults=" + schedule,
                        "--ca-file=" + authority);
        assertThat(out.toString())
                .contains("card    answers at http://127.0.0.1:")
                .contains("captures.refund:double_charge,start=1h")
                .contains("curl ")
                .doesNotContain("stripe");
        assertThat(authority).content().startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(exit).isZero();
    }

    @Test
    void command_ordersWithoutStripe_areRefused() {
        StringWriter out = new StringWriter();
        assertThat(execute(out, "--port=0", "--gateway=card", "--orders-per-second=1"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("needs stripe");
    }

    @Test
    void command_help_explainsFaultsAndControlPaths() {
        StringWriter out = new StringWriter();
        assertThat(execute(out, "--help")).isZero();
        assertThat(out.toString())
                .contains("OPERATION:EFFECT")
                .contains("/_sandbox/ledger")
                .contains("summary.json");
    }

    private static int execute(StringWriter out, String... arguments) {
        PrintWriter writer = new PrintWriter(out, true);
        return new CommandLine(new SandboxCommand())
                .setOut(writer)
                .setErr(writer)
                .execute(arguments);
    }
}
