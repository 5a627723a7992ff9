package io.paybeacon.server.check;

import io.paybeacon.probe.RecoveryReport.Orphan;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.server.check.CheckReport.Case;
import io.paybeacon.server.check.CheckReport.Outcome;
import io.paybeacon.server.check.CheckReport.Tested;
import io.paybeacon.server.check.CheckReport.Untested;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A check in the JUnit XML form that pipelines read: a suite per probe, a case per step. A failure
 * of the gateway's side is a {@code failure}, one of the agent's an {@code error}, a step that was
 * not reached is {@code skipped}. Form: github.com/testmoapp/junitxml.
 */
public final class JUnitReport {
    private static final String CLASS_PREFIX = "paybeacon.";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private JUnitReport() throws XMLStreamException {
        this.xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
    }

    /** The whole document. */
    public static String of(CheckReport report) {
        try {
            JUnitReport writer = new JUnitReport();
            writer.document(report);
            return writer.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A string cannot be written to", e);
        }
    }

    private record Totals(long tests, long failures, long errors, long skipped) {
        static Totals of(List<Case> cases) {
            return new Totals(
                    cases.size(),
                    cases.stream().filter(c -> c.outcome() instanceof Outcome.Failed).count(),
                    cases.stream().filter(c -> c.outcome() instanceof Outcome.AgentFault).count(),
                    cases.stream().filter(c -> c.outcome() instanceof Outcome.Skipped).count());
        }

        Totals plus(Totals other) {
            return new Totals(
                    tests + other.tests,
                    failures + other.failures,
                    errors + other.errors,
                    skipped + other.skipped);
        }
    }

    private void document(CheckReport report) throws XMLStreamException {
        Totals totals = new Totals(0, 0, 0, 0);
        for (Tested probe : report.tested()) {
            totals = totals.plus(Totals.of(probe.cases()));
        }
        long untested = report.untested().size();
        long earlier = report.earlier().size();
        // A report of nothing, or of skipped cases alone, is read as green by most pipelines: say
        // that nothing was tested.
        List<String> refused = refusals(report);
        boolean empty = totals.tests() + refused.size() == 0;
        totals = totals.plus(new Totals(refused.size(), 0, refused.size(), 0));
        totals = totals.plus(new Totals(untested + earlier, earlier, 0, untested));
        if (empty || (untested > 0 && !report.untestedAllowed())) {
            totals = totals.plus(new Totals(1, 0, 1, 0));
        }
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("testsuites");
        xml.writeAttribute("name", "paybeacon check " + clean(report.configuration()));
        attributes(totals, report.duration().toNanos());
        xml.writeAttribute("timestamp", report.startedAt().toString());
        line();
        for (Tested probe : report.tested()) {
            suite(probe);
        }
        refused(report, refused);
        untested(report, empty);
        earlier(report.earlier());
        xml.writeEndElement();
        line();
        xml.writeEndDocument();
        xml.flush();
    }

    private static List<String> refusals(CheckReport report) {
        CheckReport.Refusal refusal = report.refusal();
        return refusal == null ? List.of() : refusal.problems();
    }

    private void refused(CheckReport report, List<String> problems) throws XMLStreamException {
        if (problems.isEmpty()) {
            return;
        }
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "setup");
        attributes(new Totals(problems.size(), 0, problems.size(), 0), 0);
        line();
        for (int i = 0; i < problems.size(); i++) {
            start("setup", "problem " + (i + 1), 0);
            problem("error", report.verdict().label(), problems.get(i));
            end();
        }
        xml.writeEndElement();
        line();
    }

    private void suite(Tested probe) throws XMLStreamException {
        RunResult result = probe.result();
        List<Case> cases = probe.cases();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", clean(result.probe()));
        attributes(Totals.of(cases), result.durationNanos());
        xml.writeAttribute("timestamp", result.startedAt().toString());
        line();
        xml.writeStartElement("properties");
        property("plan", result.plan());
        property("gateway", result.gateway());
        property("mode", result.live() ? "live" : "test");
        property("run", result.runId());
        property("trace_id", result.traceId());
        property("cleanup", result.cleanup().state().name().toLowerCase(Locale.ROOT));
        xml.writeEndElement();
        line();
        for (Case one : cases) {
            testCase(result, one);
        }
        if (result.outcome() != RunResult.Outcome.PASSED) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(clean(String.join("\n", result.debugLog())));
            xml.writeEndElement();
            line();
        }
        xml.writeEndElement();
        line();
    }

    private void testCase(RunResult result, Case one) throws XMLStreamException {
        String part =
                switch (one.part()) {
                    case FLOW -> "";
                    case CLEANUP -> ".cleanup";
                    case MONEY -> ".money";
                };
        start(result.gateway() + "." + result.probe() + part, one.name(), one.nanos());
        switch (one.outcome()) {
            case Outcome.Passed _ -> {}
            case Outcome.Failed(String reason, String detail) -> problem("failure", reason, detail);
            case Outcome.AgentFault(String reason, String detail) ->
                    problem("error", reason, detail);
            case Outcome.Skipped(String why) -> skipped(why);
        }
        end();
    }

    private void untested(CheckReport report, boolean empty) throws XMLStreamException {
        List<Untested> untested = report.untested();
        boolean error = empty || (!untested.isEmpty() && !report.untestedAllowed());
        if (untested.isEmpty() && !error) {
            return;
        }
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "not tested");
        long errors = error ? 1 : 0;
        attributes(new Totals(untested.size() + errors, 0, errors, untested.size()), 0);
        line();
        for (Untested probe : untested) {
            start(probe.gateway() + "." + probe.probe(), "run", 0);
            skipped(probe.why());
            end();
        }
        if (error) {
            start("check", "everything was tested", 0);
            problem(
                    "error",
                    "not_tested",
                    empty
                            ? "no probe was tested"
                            : untested.size() + " of the probes were not tested");
            end();
        }
        xml.writeEndElement();
        line();
    }

    private void earlier(List<Orphan> orphans) throws XMLStreamException {
        if (orphans.isEmpty()) {
            return;
        }
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "earlier runs");
        attributes(new Totals(orphans.size(), orphans.size(), 0, 0), 0);
        line();
        for (Orphan orphan : orphans) {
            start(orphan.gateway() + "." + orphan.probe() + ".money", orphan.run(), 0);
            problem("failure", "orphaned", orphan.why());
            end();
        }
        xml.writeEndElement();
        line();
    }

    private void start(String className, String name, long nanos) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", clean(CLASS_PREFIX + className));
        xml.writeAttribute("name", clean(name));
        xml.writeAttribute("time", seconds(nanos));
    }

    private void end() throws XMLStreamException {
        xml.writeEndElement();
        line();
    }

    private void problem(String element, String reason, String detail) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("type", clean(reason));
        xml.writeAttribute("message", clean(reason + ": " + detail));
        xml.writeEndElement();
    }

    private void skipped(String why) throws XMLStreamException {
        xml.writeStartElement("skipped");
        xml.writeAttribute("message", clean(why));
        xml.writeEndElement();
    }

    private void attributes(Totals totals, long nanos) throws XMLStreamException {
        xml.writeAttribute("tests", Long.toString(totals.tests()));
        xml.writeAttribute("failures", Long.toString(totals.failures()));
        xml.writeAttribute("errors", Long.toString(totals.errors()));
        xml.writeAttribute("skipped", Long.toString(totals.skipped()));
        xml.writeAttribute("time", seconds(nanos));
    }

    private void property(String name, String value) throws XMLStreamException {
        xml.writeEmptyElement("property");
        xml.writeAttribute("name", name);
        xml.writeAttribute("value", clean(value));
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private static String seconds(long nanos) {
        return String.format(
                Locale.ROOT, "%d.%03d", nanos / 1_000_000_000, nanos / 1_000_000 % 1000);
    }

    /** Without the characters that XML 1.0 does not have, such as a bell or half a surrogate. */
    private static String clean(String value) {
        StringBuilder clean = new StringBuilder(value.length());
        value.codePoints().map(c -> isXml(c) ? c : 0xFFFD).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
