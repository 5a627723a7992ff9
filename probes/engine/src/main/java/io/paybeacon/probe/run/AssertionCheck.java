package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.TlsFacts;
import io.paybeacon.probe.plan.Assertion;
import io.paybeacon.probe.plan.DocumentPath;
import io.paybeacon.probe.plan.SideEffect;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.yaml.Value;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks the assertions of an http step; the first that does not hold counts. */
final class AssertionCheck {

    /**
     * What came back besides the response.
     *
     * @param latencyNanos what the attempts of the step took, connections included
     * @param tls what the peer showed; null without TLS
     * @param now agent's wall clock
     */
    record Circumstances(long latencyNanos, @Nullable TlsFacts tls, Instant now) {}

    private final Content content;
    private final Circumstances circumstances;
    private final ExpectationCheck expectations;
    private final Consumer<String> notes;

    /** A check that notes each assertion with its outcome. */
    AssertionCheck(
            Content content,
            Circumstances circumstances,
            Map<String, Value> variables,
            Consumer<String> notes) {
        this.content = content;
        this.circumstances = circumstances;
        this.expectations = new ExpectationCheck(variables);
        this.notes = notes;
    }

    @Nullable Failure check(Step.Http step) throws Content.Unreadable {
        AssertionText words = new AssertionText(expectations::value);
        for (Assertion assertion : step.assertions()) {
            Failure failure = check(assertion);
            notes.accept(
                    "asserted %s: %s"
                            .formatted(
                                    words.of(assertion),
                                    failure == null ? "holds" : "fails, " + failure.detail()));
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private @Nullable Failure check(Assertion assertion) throws Content.Unreadable {
        return switch (assertion) {
            case Assertion.Status _ -> null; // judged before the body is read
            case Assertion.Json json -> check(json);
            case Assertion.Header header ->
                    failure(
                            expectations.broken(
                                    "header " + header.name(),
                                    content.header(header.name()),
                                    false,
                                    header.expectation()));
            case Assertion.Xml xml -> {
                Value value = content.xml(xml.path());
                boolean typed = value != null && !(value instanceof Value.Text);
                yield failure(
                        expectations.broken(
                                xml.path().toString(), value, typed, xml.expectation()));
            }
            case Assertion.Body body ->
                    failure(
                            expectations.broken(
                                    "the body",
                                    new Value.Text(content.text()),
                                    false,
                                    body.expectation()));
            case Assertion.BodyBytes bytes -> check(bytes);
            case Assertion.Latency latency ->
                    ConnectionCheck.check(latency, circumstances.latencyNanos());
            case Assertion.CertificateDays days ->
                    ConnectionCheck.check(days, circumstances.tls(), circumstances.now());
            case Assertion.TlsProtocol protocol ->
                    ConnectionCheck.check(protocol, circumstances.tls());
            case Assertion.Amount amount -> check(amount);
            case Assertion.DnsAnswer _ ->
                    throw new IllegalStateException("A plan asks HTTP for DNS answers");
        };
    }

    private @Nullable Failure check(Assertion.BodyBytes bytes) {
        int length = content.response().body().length();
        return length <= bytes.max()
                ? null
                : broken(
                        "the body has %d bytes, at most %d are expected"
                                .formatted(length, bytes.max()));
    }

    private @Nullable Failure check(Assertion.Json json) throws Content.Unreadable {
        return failure(
                expectations.broken(
                        json.path().toString(), at(json.path()), true, json.expectation()));
    }

    /** Whether what the body says is as a decline's condition wants it. */
    boolean holds(Assertion.Json condition) throws Content.Unreadable {
        return check(condition) == null;
    }

    private @Nullable Failure check(Assertion.Amount amount) throws Content.Unreadable {
        Object number = at(amount.amountPath());
        Object currency = at(amount.currencyPath());
        if (!(number instanceof Value actual) || !(currency instanceof Value actualCurrency)) {
            return new Failure(
                    ProbeReason.SCHEMA,
                    "no amount at %s, or no currency at %s"
                            .formatted(amount.amountPath(), amount.currencyPath()));
        }
        Value expected = expectations.value(amount.expected().number());
        Value expectedCurrency = expectations.value(amount.expected().currency());
        boolean same =
                isSameNumber(actual, expected, amount.expected().unit())
                        && actualCurrency.text().equalsIgnoreCase(expectedCurrency.text());
        return same
                ? null
                : new Failure(
                        ProbeReason.AMOUNT_MISMATCH,
                        "%s %s at %s, expected %s %s"
                                .formatted(
                                        Value.show(actual),
                                        actualCurrency.text(),
                                        amount.amountPath(),
                                        expected.text(),
                                        expectedCurrency.text()));
    }

    /** Minor units are numbers; amounts with decimals travel as texts too, such as "10.99". */
    private static boolean isSameNumber(Value actual, Value expected, SideEffect.Unit unit) {
        Optional<Value.Decimal> wanted = Value.Decimal.parse(expected.text());
        Optional<Value.Decimal> found =
                switch (unit) {
                    case MINOR ->
                            actual instanceof Value.Decimal number
                                    ? Optional.of(number)
                                    : Optional.empty();
                    case MAJOR -> Value.Decimal.parse(actual.text());
                };
        return wanted.isPresent() && found.isPresent() && Value.same(found.get(), wanted.get());
    }

    private @Nullable Object at(DocumentPath path) throws Content.Unreadable {
        Object document = content.json();
        return document == null ? null : path.read(document);
    }

    private static @Nullable Failure failure(Optional<String> broken) {
        return broken.map(AssertionCheck::broken).orElse(null);
    }

    private static Failure broken(String detail) {
        return new Failure(ProbeReason.ASSERTION, detail);
    }
}
