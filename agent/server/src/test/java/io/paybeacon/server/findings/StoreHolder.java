package io.paybeacon.server.findings;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** A process that opens a store, writes a finding and holds the store until it is killed. */
final class StoreHolder {
    static final String HELD = "held";

    private StoreHolder() {}

    public static void main(String[] arguments) throws IOException {
        FindingStore store =
                H2FindingStoreTest.openIn(Path.of(arguments[0]), FindingStoreContract.AGENT);
        store.deliver(List.of(FindingStoreContract.opened(1, "held", null)));
        System.out.println(HELD);
        // Ends with its parent as well, whose end closes this stream.
        System.in.transferTo(OutputStream.nullOutputStream());
    }
}
