package io.paybeacon.sandbox.market.generate;

import java.util.Optional;

/**
 * Something that goes wrong at one gateway for a while.
 *
 * @param gateway the name of the gateway account
 * @param fromMillis from when on, epoch milliseconds of the virtual clock
 * @param untilMillis until when, exclusive
 * @param permille how many of a thousand payments, or messages, in the slice are hit
 * @param network only cards of that network
 * @param issuer only payers of that bucket of banks
 * @param country only payers of that country
 */
public record Incident(
        IncidentKind kind,
        String gateway,
        long fromMillis,
        long untilMillis,
        int permille,
        Optional<String> network,
        Optional<String> issuer,
        Optional<String> country) {
    public Incident {
        if (untilMillis <= fromMillis) {
            throw new IllegalArgumentException("an incident must end after it begins");
        }
        if (permille < 1 || permille > 1_000) {
            throw new IllegalArgumentException(
                    "an incident hits from 1 to 1000 thousandths, not " + permille);
        }
    }

    /** One that hits everything of a gateway. */
    public static Incident of(
            IncidentKind kind, String gateway, long fromMillis, long untilMillis) {
        return new Incident(
                kind,
                gateway,
                fromMillis,
                untilMillis,
                1_000,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, hitting a part. */
    public Incident hitting(int share) {
        return new Incident(
                kind, gateway, fromMillis, untilMillis, share, network, issuer, country);
    }

    /** The same, only for payers of a network and a bucket of banks. */
    public Incident amongPayers(Optional<String> ofNetwork, Optional<String> ofIssuer) {
        return new Incident(
                kind, gateway, fromMillis, untilMillis, permille, ofNetwork, ofIssuer, country);
    }

    /** Whether it is on at that gateway then. */
    boolean on(IncidentKind which, String where, long atMillis) {
        return kind == which
                && atMillis >= fromMillis
                && atMillis < untilMillis
                && gateway.equals(where);
    }

    /** Whether that payer is in its slice. */
    boolean covers(Payer payer) {
        return network.map(payer.network()::equals).orElse(true)
                && issuer.map(payer.issuer()::equals).orElse(true)
                && country.map(payer.country()::equals).orElse(true);
    }
}
