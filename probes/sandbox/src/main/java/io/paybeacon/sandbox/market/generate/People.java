package io.paybeacon.sandbox.market.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Who orders what, and pays with what. */
final class People {
    private static final int VENDORS = 40;
    private static final int PRODUCTS_OF_VENDOR = 12;
    private static final int CUSTOMERS = 50_000;
    private static final int LINES_MAX = 4;

    /** What the marketplace keeps of a line, in thousandths, by vendor. */
    private static final int COMMISSION_PERMILLE_MIN = 60;

    private static final int COMMISSION_PERMILLE_STEPS = 10;

    private static final Map<String, Integer> CURRENCIES =
            Map.of("ZAR", 70, "USD", 12, "EUR", 10, "GBP", 3, "JPY", 3, "KWD", 1, "BHD", 1);
    private static final Map<String, String> HOMES =
            Map.of(
                    "ZAR", "ZA", "USD", "US", "EUR", "DE", "GBP", "GB", "JPY", "JP", "KWD", "KW",
                    "BHD", "BH");
    private static final Shares<String> VISITORS =
            Shares.of(List.of("ZA", "GB", "US", "DE", "FR", "NA", "KE"), 50, 14, 14, 9, 5, 5, 3);
    private static final Shares<String> STRANGERS =
            Shares.of(List.of("BR", "VN", "NG", "ID", "US"), 40, 25, 15, 10, 10);
    private static final Shares<String> NETWORKS =
            Shares.of(
                    List.of("visa", "mastercard", "amex", "discover", "jcb"), 540, 370, 65, 15, 10);
    private static final Shares<String> METHODS =
            Shares.of(List.of("card", "wallet", "bank_transfer", "direct_debit"), 900, 60, 25, 15);

    /** Banks of a country; the others are too small to be told apart. */
    private static final Map<String, Integer> BANKS = Map.of("ZA", 5, "US", 3, "GB", 2, "DE", 2);

    private final Incidents incidents;
    private final boolean cardsOnly;
    private final Map<Set<String>, Shares<String>> currencies =
            new java.util.concurrent.ConcurrentHashMap<>();

    /**
     * @param cardsOnly whether everybody pays by card
     */
    People(Incidents incidents, boolean cardsOnly) {
        this.incidents = incidents;
        this.cardsOnly = cardsOnly;
    }

    Basket basket(String order, GatewayProfile gateway, SplittableRandom random) {
        String currency =
                currencies.computeIfAbsent(gateway.currencies(), People::weighted).draw(random);
        int lines = 1 + random.nextInt(1 + random.nextInt(LINES_MAX));
        List<OrderLine> drawn = new ArrayList<>(lines);
        for (int i = 0; i < lines; i++) {
            drawn.add(line(currency, random));
        }
        return new Basket(order, customer(random), currency, drawn);
    }

    private static Shares<String> weighted(Set<String> codes) {
        List<String> sorted = codes.stream().sorted().toList();
        int[] weights = sorted.stream().mapToInt(c -> CURRENCIES.getOrDefault(c, 1)).toArray();
        return Shares.of(sorted, weights);
    }

    private static OrderLine line(String currency, SplittableRandom random) {
        int vendor = random.nextInt(VENDORS);
        long amount = Prices.draw(random, currency);
        int commission = COMMISSION_PERMILLE_MIN + 10 * (vendor % COMMISSION_PERMILLE_STEPS);
        return new OrderLine(
                "product_" + vendor + "_" + random.nextInt(PRODUCTS_OF_VENDOR),
                "vendor_" + (1 + vendor),
                amount,
                amount - amount * commission / 1_000);
    }

    private static String customer(SplittableRandom random) {
        return "cust_" + Long.toString(0x100000L + random.nextInt(CUSTOMERS), 36);
    }

    /** Somebody who tries stolen cards: always the same customer, with little to lose. */
    Basket testerBasket(String order, GatewayProfile gateway, SplittableRandom random) {
        String currency =
                gateway.currencies().contains("USD")
                        ? "USD"
                        : gateway.currencies().iterator().next();
        long amount = Prices.of(900 + random.nextLong(2_700), currency);
        OrderLine line = new OrderLine("product_0_0", "vendor_1", amount, amount / 2);
        return new Basket(order, "cust_card_tester", currency, List.of(line));
    }

    Payer payer(String currency, String gateway, long atMillis, SplittableRandom random) {
        String country = country(currency, gateway, atMillis, random);
        String method = cardsOnly ? "card" : METHODS.draw(random);
        boolean card = method.equals("card");
        int banks = BANKS.getOrDefault(country, 1);
        // The first bank of a country is its largest.
        int bank = random.nextInt(1 + random.nextInt(banks));
        return new Payer(
                method,
                card ? NETWORKS.draw(random) : "",
                country.toLowerCase(java.util.Locale.ROOT) + "_bank_" + (1 + bank),
                country);
    }

    private String country(
            String currency, String gateway, long atMillis, SplittableRandom random) {
        Optional<Incident> shift = incidents.on(IncidentKind.COUNTRY_SHIFT, gateway, atMillis);
        if (shift.isPresent() && random.nextInt(1_000) < shift.get().permille()) {
            return STRANGERS.draw(random);
        }
        return random.nextInt(10) == 0 ? VISITORS.draw(random) : HOMES.getOrDefault(currency, "ZA");
    }
}
