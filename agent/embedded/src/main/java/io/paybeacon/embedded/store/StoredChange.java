package io.paybeacon.embedded.store;

import io.paybeacon.embedded.record.Entry;

/**
 * What a key of a stage holds from a checkpoint on.
 *
 * @param dueBeforeMillis when its deadline was due at the checkpoint before, or {@link
 *     Entry#NO_DEADLINE} if it had none or that is not known
 */
public record StoredChange(int stage, String key, Entry entry, long dueBeforeMillis) {}
