package io.paybeacon.server;

import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.embedded.EmbeddedEngine;
import io.paybeacon.server.findings.FindingStore;
import java.io.IOException;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What an engine has on record of findings.
 *
 * @param engine is asked for each page
 */
record EngineRecords(EmbeddedEngine engine) implements FindingStore.Records {
    private static final long PAGE_SECONDS_MAX = 60;

    @Override
    public SequencedMap<String, FindingRecord> page(String after, int recordsMax)
            throws IOException {
        try {
            return engine.states("finding", after, recordsMax, FindingRecord.class)
                    .get(PAGE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("the engine does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
