package io.paybeacon.server.blackbox;

/**
 * The metrics of an answer, in the names of prometheus/blackbox_exporter 0.23 (prober/*.go there).
 * All are gauges. A phase that a failed probe did not reach has no series, where the exporter gives
 * zero; one that a passed probe did not need, such as TLS, is zero as there.
 */
enum BlackboxMetric {
    SUCCESS("probe_success", "Displays whether or not the probe was a success"),
    DURATION("probe_duration_seconds", "Returns how long the probe took to complete in seconds"),
    DNS_LOOKUP(
            "probe_dns_lookup_time_seconds",
            "Returns the time taken for probe dns lookup in seconds"),
    FAILED_REASON(
            "probe_failed_reason",
            "Why the probe failed; there when it did. Paybeacon's own addition"),
    IP_PROTOCOL("probe_ip_protocol", "Specifies whether probe ip protocol is IP4 or IP6"),
    IP_ADDR_HASH(
            "probe_ip_addr_hash",
            "Specifies the hash of IP address. It's useful to detect if the IP address changes."),
    FAILED_REGEX("probe_failed_due_to_regex", "Indicates if probe failed due to regex"),
    HTTP_DURATION(
            "probe_http_duration_seconds",
            "Duration of http request by phase, summed over all redirects"),
    HTTP_STATUS("probe_http_status_code", "Response HTTP status code"),
    HTTP_CONTENT_LENGTH("probe_http_content_length", "Length of http content response"),
    HTTP_BODY_LENGTH("probe_http_uncompressed_body_length", "Length of uncompressed response body"),
    HTTP_REDIRECTS("probe_http_redirects", "The number of redirects"),
    HTTP_SSL("probe_http_ssl", "Indicates if SSL was used for the final redirect"),
    HTTP_VERSION("probe_http_version", "Returns the version of HTTP of the probe response"),
    HTTP_LAST_MODIFIED(
            "probe_http_last_modified_timestamp_seconds",
            "Returns the Last-Modified HTTP response header in unixtime"),
    SSL_EARLIEST_EXPIRY(
            "probe_ssl_earliest_cert_expiry", "Returns last SSL chain expiry in unixtime"),
    SSL_CHAIN_EXPIRY(
            "probe_ssl_last_chain_expiry_timestamp_seconds",
            "Returns last SSL chain expiry in timestamp"),
    SSL_CHAIN_INFO("probe_ssl_last_chain_info", "Contains SSL leaf certificate information"),
    TLS_VERSION("probe_tls_version_info", "Returns the TLS version used or NaN when unknown"),
    TLS_CIPHER("probe_tls_cipher_info", "Returns the TLS cipher negotiated during handshake"),
    TCP_EXPECT(
            "probe_expect_info", "Explicit content matched: the group of each expected expression"),
    DNS_DURATION("probe_dns_duration_seconds", "Duration of DNS request by phase"),
    DNS_ANSWERS(
            "probe_dns_answer_rrs", "Returns number of entries in the answer resource record list"),
    DNS_AUTHORITY(
            "probe_dns_authority_rrs",
            "Returns number of entries in the authority resource record list"),
    DNS_ADDITIONAL(
            "probe_dns_additional_rrs",
            "Returns number of entries in the additional resource record list"),
    DNS_SUCCEEDED(
            "probe_dns_query_succeeded",
            "Displays whether or not the query was executed successfully"),
    GRPC_DURATION("probe_grpc_duration_seconds", "Duration of gRPC request by phase"),
    GRPC_STATUS("probe_grpc_status_code", "Response gRPC status code"),
    GRPC_SSL("probe_grpc_ssl", "Indicates if SSL was used for the connection"),
    GRPC_RESPONSE("probe_grpc_healthcheck_response", "Response HealthCheck response");

    private final String text;
    private final String help;

    BlackboxMetric(String text, String help) {
        this.text = text;
        this.help = help;
    }

    /** Its name in the exposition. */
    String text() {
        return text;
    }

    /** What HELP says. */
    String help() {
        return help;
    }
}
