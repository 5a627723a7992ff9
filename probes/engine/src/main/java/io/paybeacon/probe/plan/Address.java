package io.paybeacon.probe.plan;

/** Where a request goes. */
public sealed interface Address {

    /** The template as it stands in the plan. */
    Template template();

    /** Path and query on the gateway's base URL; inserted values are percent-encoded. */
    record Path(Template template) implements Address {}

    /**
     * An absolute URL; a value that it begins with is taken as it is, later ones are
     * percent-encoded. Secrets go there only when it is of the base URL's origin.
     */
    record Url(Template template) implements Address {}
}
