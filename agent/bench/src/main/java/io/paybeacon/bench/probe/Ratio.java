package io.paybeacon.bench.probe;

import java.util.Locale;

/** How a figure compares to that of the peer. */
final class Ratio {
    private Ratio() {}

    /** A figure by the peer's; not a number when the peer's is 0. */
    static double of(double ours, double peer) {
        return peer == 0 ? Double.NaN : ours / peer;
    }

    /** For a table. */
    static String text(double ours, double peer) {
        double ratio = of(ours, peer);
        return Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.2f x", ratio);
    }

    /** A goal and whether it was met. */
    static String verdict(String what, double reached, double most, String unit) {
        return String.format(
                Locale.ROOT,
                "%-58s %9.2f %s, goal at most %.2f: %s",
                what,
                reached,
                unit,
                most,
                reached <= most ? "met" : "MISSED");
    }
}
