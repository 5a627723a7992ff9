package io.paybeacon.sandbox.market.generate;

/**
 * How busy the marketplace is through day and week, in thousandths of its mean; South African time,
 * which knows no summer time. Evenings are busy, nights are quiet, weekends are busier than
 * Mondays. The mean over a week is a thousand.
 */
public final class Seasonality {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int HOURS = 24;
    private static final int DAYS = 7;
    private static final long UTC_OFFSET_HOURS = 2;

    private static final int[] BY_HOUR = {
        420, 200, 140, 120, 130, 220, 450, 860, 1100, 1250, 1320, 1350,
        1300, 1340, 1280, 1270, 1320, 1330, 1520, 1730, 1800, 1650, 1180, 720
    };

    /** From Monday. */
    private static final int[] BY_DAY = {930, 940, 960, 990, 1080, 1090, 1010};

    /** The highest value of {@link #permille}. */
    public static final int PERMILLE_MAX = 2 * 1_000;

    private Seasonality() {}

    /** How busy it is then. */
    public static int permille(long epochMillis) {
        long hours = Math.floorDiv(epochMillis, HOUR_MILLIS) + UTC_OFFSET_HOURS;
        int hour = Math.floorMod(hours, HOURS);
        // 1 January 1970 was a Thursday.
        int day = Math.floorMod(Math.floorDiv(hours, HOURS) + 3, DAYS);
        return BY_HOUR[hour] * BY_DAY[day] / 1_000;
    }
}
