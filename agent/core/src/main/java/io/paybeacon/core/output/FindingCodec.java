package io.paybeacon.core.output;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of a finding inside states and stored outputs. */
public final class FindingCodec {
    private FindingCodec() {}

    /** Writes a finding. */
    public static void write(ByteWriter out, Finding finding) {
        out.text(finding.id());
        FindingKind.NAMES.write(out, finding.kind());
        Severity.NAMES.write(out, finding.severity());
        out.text(finding.gateway());
        out.text(finding.subject());
        out.instant(finding.openedAt());
        out.optional(finding.atStake(), ByteWriter::money);
        out.text(finding.cause());
        out.text(finding.remedy());
        out.list(
                finding.evidence().entrySet(),
                (w, entry) -> {
                    w.text(entry.getKey());
                    w.text(entry.getValue());
                });
    }

    /** Reads what {@link #write} wrote. */
    public static Finding read(ByteReader in) {
        return new Finding(
                in.text(),
                FindingKind.NAMES.read(in),
                Severity.NAMES.read(in),
                in.text(),
                in.text(),
                in.instant(),
                in.optional(ByteReader::money),
                in.text(),
                in.text(),
                evidence(in));
    }

    private static Map<String, String> evidence(ByteReader in) {
        Map<String, String> evidence = new TreeMap<>();
        for (Map.Entry<String, String> entry : in.list(r -> Map.entry(r.text(), r.text()))) {
            evidence.put(entry.getKey(), entry.getValue());
        }
        return evidence;
    }
}
