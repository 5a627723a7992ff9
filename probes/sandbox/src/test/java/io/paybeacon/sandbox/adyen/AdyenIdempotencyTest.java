package io.paybeacon.sandbox.adyen;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.adyen.AdyenClient.Reply;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdyenIdempotencyTest {
    private Sandbox sandbox;
    private AdyenClient adyen;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        adyen = new AdyenClient(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void sameKey_givesTheFirstAnswerAndPaysOnce() throws IOException {
        Reply first = adyen.postKeyed("key-1", "/v71/payments", AdyenClient.payment(100, "a"));
        Reply again = adyen.postKeyed("key-1", "/v71/payments", AdyenClient.payment(100, "a"));
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.headers().firstValue("idempotency-key")).contains("key-1");
        assertThat(again.headers().firstValue("pspReference")).contains(first.psp());
        assertThat(ledger().payments()).hasSize(1);
        adyen.postKeyed("key-2", "/v71/payments", AdyenClient.payment(100, "a"));
        assertThat(ledger().payments()).hasSize(2);
    }

    @Test
    void modifications_areIdempotentToo() throws IOException {
        String psp = adyen.pay(100, "b").psp();
        adyen.capture(psp, 100);
        String path = "/v71/payments/" + psp + "/refunds";
        for (int i = 0; i < 3; i++) {
            adyen.postKeyed(
                    "refund-1",
                    path,
                    AdyenClient.modification().put("amount", AdyenClient.amount(40)));
        }
        assertThat(ledger().payment(psp).orElseThrow().refundedMinor()).isEqualTo(40);
    }

    @Test
    void sameKey_whileTheFirstIsUnderWay_isRefusedAsTransient() throws IOException {
        adyenFault("payments.create:latency=3s,count=1");
        CompletableFuture<Reply> slow =
                adyen.postAsync("key-3", "/v71/payments", AdyenClient.payment(100, "c"));
        Awaitility.await().until(() -> sandbox.gateway(GatewayKind.ADYEN).requestCount() >= 1);
        Reply second = adyen.postKeyed("key-3", "/v71/payments", AdyenClient.payment(100, "c"));
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.body().getString("errorCode")).isEqualTo("704");
        assertThat(second.headers().firstValue("transient-error")).contains("true");
        assertThat(slow.join().result()).isEqualTo("Authorised");
        assertThat(ledger().payments()).hasSize(1);
    }

    @Test
    void refusedRequest_doesNotUseTheKeyUp() throws IOException {
        Reply wrong =
                adyen.postKeyed(
                        "key-4",
                        "/v71/payments/NOSUCHPAYMENT234/cancels",
                        AdyenClient.modification());
        assertThat(wrong.status()).isEqualTo(422);
        Reply right = adyen.postKeyed("key-4", "/v71/payments", AdyenClient.payment(100, "d"));
        assertThat(right.result()).isEqualTo("Authorised");
    }

    @Test
    void keyBeyond64Characters_isRefused() throws IOException {
        Reply reply = adyen.postKeyed("k".repeat(65), "/v71/payments", AdyenClient.payment(1, "e"));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body().getString("errorCode")).isEqualTo("29_001");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'payments.create:status=503,count=1', 503, 703, true",
        "'payments.create:status=500,count=1', 500, 903, ''",
        "'payments.create:status=429,count=1', 429, 000, ''",
        "'payments.create:status=401,count=1', 401, 000, ''",
        "'payments.create:status=403,count=1', 403, 010, ''",
        "'payments.create:status=502,count=1', 502, 904, ''"
    })
    void illness_hasAdyensShape(String fault, int status, String code, String transientError)
            throws IOException {
        adyenFault(fault);
        Reply reply = adyen.pay(100, "f");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body().getString("errorCode")).isEqualTo(code);
        assertThat(reply.headers().firstValue("transient-error").orElse(""))
                .isEqualTo(transientError);
        assertThat(ledger().payments()).isEmpty();
    }

    @Test
    void internalError_staysUnderItsKey() throws IOException {
        adyenFault("payments.create:status=500,when=after,count=1");
        JsonObject payment = AdyenClient.payment(100, "h");
        assertThat(adyen.postKeyed("key-5", "/v71/payments", payment).status()).isEqualTo(500);
        assertThat(adyen.postKeyed("key-5", "/v71/payments", payment).status()).isEqualTo(500);
        assertThat(ledger().payments()).hasSize(1);
    }

    @Test
    void transientError_givesTheResultWhenAskedAgain() throws IOException {
        adyenFault("payments.create:status=503,when=after,count=1");
        JsonObject payment = AdyenClient.payment(100, "i");
        assertThat(adyen.postKeyed("key-6", "/v71/payments", payment).status()).isEqualTo(503);
        Reply again = adyen.postKeyed("key-6", "/v71/payments", payment);
        assertThat(again.result()).isEqualTo("Authorised");
        assertThat(ledger().payments()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'payments.create:decline=12', Refused, 0",
        "'payments.create:amount_offset=5', Authorised, 105"
    })
    void fault_changesWhatTheIssuerDoes(String fault, String result, long held) throws IOException {
        adyenFault(fault);
        Reply reply = adyen.pay(100, "g");
        assertThat(reply.result()).isEqualTo(result);
        assertThat(ledger().payment(reply.psp()).orElseThrow().heldMinor()).isEqualTo(held);
    }

    private void adyenFault(String fault) {
        sandbox.gateway(GatewayKind.ADYEN).faults().install(fault);
    }

    private LedgerSnapshot ledger() {
        return sandbox.gateway(GatewayKind.ADYEN).ledger();
    }
}
