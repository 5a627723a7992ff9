package io.paybeacon.sandbox.market.generate;

/**
 * How often what happens to orders, in thousandths. {@code stuck}, {@code anomalous} and {@code
 * declined} are of all orders, the rest of those that are paid.
 *
 * @param stuck made to get stuck
 * @param anomalous made to go wrong otherwise
 * @param declined refused, of which {@code retried} are tried again with another card
 * @param challenged the cardholder answers a challenge
 * @param frictionless authenticated without a question
 * @param heldFirst authorised and captured later
 * @param partial of those, captured in parts
 * @param released of those, given free instead
 * @param refunded in full or in part
 * @param disputed disputed, most of them after a warning of fraud
 * @param complained the customer complains
 * @param rated the customer rates the vendor
 */
public record Mix(
        int stuck,
        int anomalous,
        int declined,
        int retried,
        int challenged,
        int frictionless,
        int heldFirst,
        int partial,
        int released,
        int refunded,
        int disputed,
        int complained,
        int rated) {
    public Mix {
        int[] all = {
            stuck,
            anomalous,
            declined,
            retried,
            challenged,
            frictionless,
            heldFirst,
            partial,
            released,
            refunded,
            disputed,
            complained,
            rated
        };
        for (int share : all) {
            check(share);
        }
        check(stuck + anomalous + declined);
        check(challenged + frictionless);
        check(partial + released);
    }

    /** A marketplace in good health, in which 1 % of the orders get stuck and 1 % go wrong. */
    public static Mix usual() {
        return new Mix(10, 10, 115, 400, 150, 300, 400, 60, 40, 50, 7, 12, 180);
    }

    /** The same with other shares of what is made to go wrong. */
    public Mix withPlanted(int stuckPermille, int anomalousPermille) {
        return new Mix(
                stuckPermille,
                anomalousPermille,
                declined,
                retried,
                challenged,
                frictionless,
                heldFirst,
                partial,
                released,
                refunded,
                disputed,
                complained,
                rated);
    }

    /** The same with another share of refunds. */
    public Mix withRefunded(int permille) {
        return new Mix(
                stuck,
                anomalous,
                declined,
                retried,
                challenged,
                frictionless,
                heldFirst,
                partial,
                released,
                permille,
                disputed,
                complained,
                rated);
    }

    private static void check(int share) {
        if (share < 0 || share > 1_000) {
            throw new IllegalArgumentException(
                    "a share must be from 0 to 1000 thousandths, and so must shares together that"
                            + " exclude each other, not "
                            + share);
        }
    }
}
