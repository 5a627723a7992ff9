package io.paybeacon.probe.plan;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.yaml.Value;
import java.math.BigDecimal;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathEvaluationResult;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathFactoryConfigurationException;
import javax.xml.xpath.XPathNodes;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

/**
 * An XPath 1.0 expression. Elements in a namespace are named with {@code local-name()}.
 *
 * <p>An expression is compiled for each use: the JDK's compiled form is not thread-safe.
 */
public final class XmlPath {

    private final String text;

    private XmlPath(String text) {
        this.text = text;
    }

    /**
     * Reads an expression such as {@code /answer/state} or {@code //*[local-name()='Code']}.
     *
     * @throws IllegalArgumentException if it is no XPath
     */
    public static XmlPath parse(String text) {
        if (text.length() > Limits.PATTERN_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "an XPath has at most %d characters".formatted(Limits.PATTERN_CHARS_MAX));
        }
        try {
            xpath().compile(text);
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException("it is not an XPath: " + message(e), e);
        }
        return new XmlPath(text);
    }

    /**
     * The value that it names; empty when there is none.
     *
     * @throws IllegalArgumentException if it names several places, or a number that is not whole
     */
    public Optional<Value> read(Document document) {
        try {
            XPathEvaluationResult<?> result = xpath().evaluateExpression(text, document);
            return switch (result.type()) {
                case NODESET -> single((XPathNodes) result.value());
                case NODE -> Optional.of(new Value.Text(((Node) result.value()).getTextContent()));
                case STRING -> Optional.of(new Value.Text((String) result.value()));
                case BOOLEAN -> Optional.of(new Value.Bool((Boolean) result.value()));
                case NUMBER -> Optional.of(whole((Number) result.value()));
                case ANY -> throw new IllegalArgumentException("it gives no value");
            };
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException("the XPath cannot be evaluated: " + message(e), e);
        }
    }

    private Optional<Value> single(XPathNodes nodes) {
        if (nodes.size() > 1) {
            throw new IllegalArgumentException("%s names %d places".formatted(text, nodes.size()));
        }
        for (Node node : nodes) {
            return Optional.of(new Value.Text(node.getTextContent()));
        }
        return Optional.empty();
    }

    /** XPath counts in floating point: a whole number is exact, anything else is not a value. */
    private static Value whole(Number number) {
        BigDecimal exact = BigDecimal.valueOf(number.longValue());
        if (exact.compareTo(new BigDecimal(number.toString())) != 0) {
            throw new IllegalArgumentException(
                    "an XPath gives whole numbers only; name the node itself for the exact text");
        }
        return new Value.Decimal(exact.toPlainString());
    }

    private static XPath xpath() {
        XPathFactory factory = XPathFactory.newDefaultInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        } catch (XPathFactoryConfigurationException e) {
            throw new IllegalStateException("The JDK's XPath has no secure processing", e);
        }
        return factory.newXPath();
    }

    private static String message(XPathExpressionException thrown) {
        // What the JDK itself has to say is in the cause.
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        @Nullable String message = cause.getMessage();
        return message == null ? "unreadable" : message;
    }

    /** The expression as it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof XmlPath path && path.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
