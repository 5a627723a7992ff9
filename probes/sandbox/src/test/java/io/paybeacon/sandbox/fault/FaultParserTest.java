package io.paybeacon.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultParserTest {
    private static final FaultParser PARSER = new FaultParser(TestVocabulary.SHOP);

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "refunds.create:status=500 > refunds.create:status=500,when=before",
                "webhooks:lost > webhooks:lost",
                "webhooks:badly_signed > webhooks:badly_signed",
                "refunds.create:close,when=after > refunds.create:close,when=after",
                "refunds.create:double_charge,count=1 > refunds.create:double_charge,count=1",
                "connections:refused,start=10s,for=5s > connections:refused,start=10s,for=5s",
                "connections:silent > connections:silent",
                "connections:certificate=expired > connections:certificate=expired",
                "connections:certificate=wrong_name > connections:certificate=wrong_name",
                "clock:skew=5m > clock:skew=5m",
                "clock:skew=-90s > clock:skew=-90s",
                "*:status=503,every=1m,burst=10s > *:status=503,when=before,every=1m,burst=10s",
                "payment_intents.create:decline=do_not_honor,network=visa,issuer=kaap-bank"
                        + ",country=ZA"
                        + " > payment_intents.create:decline=do_not_honor,network=visa"
                        + ",issuer=kaap-bank,country=ZA",
                "payment_intents.capture:latency=3s,probability=0.3"
                        + " > payment_intents.capture:latency=3s,when=before,probability=0.3",
                "*:latency=200ms,tail=10s > *:latency=200ms,tail=10s,when=before",
                "refunds.create:reset,when=after,count=1 > refunds.create:reset,when=after,count=1",
                "payment_intents.create:blackhole > payment_intents.create:blackhole,when=before",
                "balance.retrieve:drip=10 > balance.retrieve:drip=10",
                "charges.retrieve:malformed=true > charges.retrieve:malformed",
                "refunds.create:amount_offset=-1 > refunds.create:amount_offset=-1",
                "payment_intents.create:decline=do_not_honor,scope=market"
                        + " > payment_intents.create:decline=do_not_honor,scope=market",
                "webhooks:duplicated > webhooks:duplicated=2",
                "webhooks:delayed=60s,start=30s,for=2m > webhooks:delayed=1m,start=30s,for=2m",
                "webhooks:reordered=10s,metadata.order_id=o1"
                        + " > webhooks:reordered=10s,metadata.order_id=o1",
                "webhooks:lost,events=refund.created|charge.captured"
                        + " > webhooks:lost,events=charge.captured|refund.created",
            })
    void fault_isReadAndItsDescriptionReadsBack(String text, String description) {
        Fault fault = PARSER.parse(text);
        assertThat(fault.describe()).isEqualTo(description);
        assertThat(PARSER.parse(fault.describe())).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "status=500 > no ':'",
                "payment_intent.capture:status=500 > unknown operation 'payment_intent.capture'",
                "payment_intent.capture:status=500 > known: *, payment_intents.create",
                "refunds.create:stauts=500 > unknown name 'stauts'",
                "refunds.create:stauts=500 > known effects: latency",
                "refunds.create:status=500,probabilty=1 > unknown name 'probabilty'",
                "refunds.create:status=500,probabilty=1 > known options: when",
                "refunds.create:status=404 > status='404'; known: 401",
                "refunds.create:status > status=''",
                "refunds.create:probability=0.5 > has no effect",
                "refunds.create:status=500,reset > more than one effect",
                "refunds.create:status=500,status=503 > 'status' twice",
                "refunds.create:latency=3 > '3' is not a duration",
                "refunds.create:latency=48h > longer than 24h",
                "refunds.create:latency=3s,tail=1s > not longer",
                "refunds.create:reset=yes > takes none",
                "refunds.create:status=500,tail=3s > 'tail', which its effect does not know",
                "refunds.create:drip=5,when=after > 'when', which its effect does not know",
                "refunds.create:status=500,probability=1.5 > probability='1.5'",
                "refunds.create:status=500,count=0 > count='0'",
                "refunds.create:status=500,when=later > known: before, after",
                "refunds.create:status=500,scope=me > known: all, probe, market",
                "refunds.create:lost > has the effect 'lost', but requests know",
                "webhooks:status=500 > webhooks know: lost",
                "webhooks:lost,events=nope > unknown event 'nope'",
                "refunds.create:reset,events=refund.created > only 'webhooks' knows",
                "refunds.create:decline=x1 > asks no issuer",
                "payment_intents.create:decline=NOPE > decline='NOPE'",
                "balance.retrieve:amount_offset=1 > books none",
                "payment_intents.create:amount_offset=0 > not 0",
                "refunds.create:reset,metadata.=x > without key or value",
                "refunds.create:drip=0 > drip='0'",
                "refunds.list:double_charge > books nothing",
                "refunds.create:refused > requests know: latency",
                "connections:status=500 > connections know: refused",
                "connections:certificate=old > known: expired, wrong_name, untrusted",
                "connections:refused,probability=0.5 > strikes all alike",
                "connections:refused,scope=probe > strikes all alike",
                "connections:refused,country=ZA > which only requests know",
                "webhooks:lost,network=visa > which only requests know",
                "clock:skew=soon > 'soon' is not a duration",
                "clock:skew=-48h > longer than 24h",
                "clock:latency=3s > clocks know: skew",
                "refunds.create:reset,country=South Africa > two letters",
                "refunds.create:reset,network=V > such as visa",
                "refunds.create:reset,every=1m > bursts need both",
                "refunds.create:reset,every=10s,burst=10s > not shorter",
            })
    void wrongFault_isRefusedWithItsReason(String text, String reason) {
        assertThatThrownBy(() -> PARSER.parse(text))
                .isInstanceOf(FaultSyntaxException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "::", ",", "*:", "*:,", "*:=", "webhooks:lost,"})
    void scraps_areRefused(String text) {
        assertThatThrownBy(() -> PARSER.parse(text)).isInstanceOf(FaultSyntaxException.class);
    }

    @Test
    void longText_isRefused() {
        assertThatThrownBy(() -> PARSER.parse("*:" + "x".repeat(2_000)))
                .hasMessageContaining("1000 characters");
    }

    @Test
    void fields_areReadLikeTheShortForm() {
        Fault fault =
                PARSER.fromFields(
                        Map.of(
                                "operation",
                                "payment_intents.capture",
                                "latency",
                                "3s",
                                "probability",
                                "0.3"));
        assertThat(fault)
                .isEqualTo(PARSER.parse("payment_intents.capture:latency=3s,probability=0.3"));
    }

    @Test
    void grammar_namesEveryOperation() {
        for (Operation operation : TestVocabulary.SHOP.operations()) {
            assertThat(PARSER.grammar()).contains(operation.wireName());
        }
    }
}
