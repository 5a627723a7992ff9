package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/** Where a transfer to a vendor stands; the order of the constants is their rank. */
public enum TransferStatus {
    /** Asked for, and not booked yet. */
    PENDING("pending"),
    /** Booked to the balance of the vendor. */
    BOOKED("booked"),
    /** Could not be booked. */
    FAILED("failed"),
    /** Taken back in full. */
    REVERSED("reversed");

    /** All of them by label. */
    public static final Named<TransferStatus> NAMES =
            Named.of(TransferStatus.class, TransferStatus::label);

    private final String label;

    TransferStatus(String label) {
        this.label = label;
    }

    /** The word in the API, in stored bytes, and the value of the metric label. */
    public String label() {
        return label;
    }
}
