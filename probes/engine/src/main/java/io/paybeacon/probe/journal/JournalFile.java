package io.paybeacon.probe.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a journal file holds.
 *
 * @param state what its intact entries add up to
 * @param damage what was wrong with it
 * @param intactBytes length up to which it may be written on
 */
record JournalFile(JournalState state, Journal.Damage damage, long intactBytes) {

    static JournalFile read(Path file) throws IOException {
        return parse(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
    }

    static JournalFile parse(byte[] bytes) {
        JournalState state = new JournalState();
        List<Integer> damagedLines = new ArrayList<>();
        int from = 0;
        int intact = 0;
        for (int number = 1; from < bytes.length; number++) {
            int feed = indexOfFeed(bytes, from);
            boolean last = feed < 0 || feed == bytes.length - 1;
            Optional<JournalEntry> entry =
                    feed < 0
                            ? Optional.empty()
                            : JournalCodec.decode(Arrays.copyOfRange(bytes, from, feed));
            if (entry.isPresent()) {
                state.apply(entry.get());
            } else if (!last) {
                damagedLines.add(number);
            }
            from = feed < 0 ? bytes.length : feed + 1;
            intact = entry.isPresent() || !last ? from : intact;
        }
        return new JournalFile(
                state, new Journal.Damage(damagedLines, bytes.length - intact), intact);
    }

    private static int indexOfFeed(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
