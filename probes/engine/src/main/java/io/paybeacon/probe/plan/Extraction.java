package io.paybeacon.probe.plan;

import com.google.re2j.Pattern;

/**
 * A value that a step keeps from the response, with its type and exact text.
 *
 * @param variable the variable that receives the value
 * @param optional whether the step passes without it; the variable then has no value
 * @param secret whether it is masked wherever it would be shown, and never stored
 * @param source where it stands
 */
public record Extraction(String variable, boolean optional, boolean secret, Source source) {

    /** Where a value stands. */
    public sealed interface Source {

        /** In the JSON body; keeps its type. */
        record OfJson(DocumentPath path) implements Source {}

        /** A response header; the first, when it repeats. A text. */
        record OfHeader(String name) implements Source {}

        /** Group 1 of the first place in the body where the pattern is found. A text. */
        record OfRegex(Pattern pattern) implements Source {}

        /** In the XML body. A text, unless the expression itself gives a number or a boolean. */
        record OfXml(XmlPath path) implements Source {}
    }
}
