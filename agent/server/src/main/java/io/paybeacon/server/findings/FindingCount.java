package io.paybeacon.server.findings;

/** How many findings of one gateway and kind are in one state. */
public record FindingCount(String gateway, String kind, FindingState state, long count) {}
