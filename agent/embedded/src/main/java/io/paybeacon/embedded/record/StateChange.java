package io.paybeacon.embedded.record;

/**
 * What a key holds from an epoch on.
 *
 * @param stage the position of its stage in the pipeline
 */
public record StateChange(int stage, String key, Entry entry) {}
