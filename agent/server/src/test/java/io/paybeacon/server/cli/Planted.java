package io.paybeacon.server.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What must be found nowhere: secrets and card numbers, and the forms that they may take. */
final class Planted {
    /** Expected on every surface, so that a surface that shows nothing does not pass. */
    static final String MARKER = "visible-marker-of-this-test";

    /** Characters that encodings change. */
    private static final List<String> TAILS =
            List.of(
                    "", "+/==", "&x;y", "\"q\\b", "%25 z", "$(a,b)", "<t>'", "{j}:[k]", "~^|`",
                    "@#!");

    /** The networks' own test numbers, other lengths, and a range of no issuer. */
    static final List<String> CARDS =
            List.of(
                    "4242424242424242",
                    "4111111111111111",
                    "4000056655665556",
                    "4222222222222",
                    "5555555555554444",
                    "5105105105105100",
                    "2223003122003222",
                    "378282246310005",
                    "371449635398431",
                    "6011111111111117",
                    "6011000990139424",
                    "30569309025904",
                    "38520000023237",
                    "3530111333300000",
                    "3566002020360505",
                    "6200000000000005",
                    "6759649826438453",
                    "6799990100000000019",
                    "6304000000000000",
                    "9999990000000006",
                    "9999999999999995",
                    "135412345678911");

    private Planted() {}

    /** Secrets that the configuration refers to, by the names of their files. */
    static Map<String, String> configured() {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            secrets.put("s" + i, "Cn%02dKeyOfNobody".formatted(i) + TAILS.get(i % TAILS.size()));
        }
        for (String name :
                List.of(
                        "webhook0",
                        "webhook1",
                        "webhook2",
                        "proxyUser",
                        "proxyPassword",
                        "sourceToken",
                        "sourceUser",
                        "sourcePassword",
                        "moduleToken",
                        "moduleUser",
                        "modulePassword")) {
            secrets.put(name, "Cn-" + name + "-OfNobody");
        }
        secrets.put("token", "Cn-token-of-nobody-at-all-0123");
        return secrets;
    }

    /** Secrets that only the gateway knows, as they stand in what it answers. */
    static Map<String, String> learned() {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("{\"access_token\":\"%s\"}", "LnAccessTokenOfNobody");
        secrets.put("{\"refresh_token\": \"%s\"}", "LnRefreshTokenOfNobody");
        secrets.put("{\"password\":\"%s\"}", "LnPasswordOfNobody");
        secrets.put("client_secret=%s&x=1", "LnClientSecretOfNobody");
        secrets.put("{\"clientSecret\":\"%s\"}", "LnCamelSecretOfNobody");
        secrets.put("{\"api_key\":\"%s\"}", "LnApiKeyOfNobody");
        secrets.put("Authorization: Bearer %s", "LnBearerOfNobody");
        secrets.put("Authorization: Basic %s", "TG5CYXNpY09mTm9ib2R5Og");
        secrets.put("http://user:%s@host.example/", "LnUserInfoOfNobody");
        secrets.put("{\"client_secret\":\"%s\"}", "pi_3Ln_secret_LnIntentOfNobody");
        secrets.put("the key %s is wrong", "sk_" + "test_LnStripeKeyOfNobody");
        secrets.put("signed with %s", "whsec_LnSigningSecretOfNobody");
        return secrets;
    }

    /** Every form of a text that is looked for, in lower case. */
    static List<String> forms(String planted) {
        TreeSet<String> forms = new TreeSet<>();
        written(planted).forEach(form -> forms.add(form.toLowerCase(Locale.ROOT)));
        return List.copyOf(forms);
    }

    /** Every form in which a text is sent back. */
    static List<String> written(String planted) {
        byte[] bytes = planted.getBytes(StandardCharsets.UTF_8);
        String form = URLEncoder.encode(planted, StandardCharsets.UTF_8);
        StringBuilder escaped = new StringBuilder();
        planted.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        StringBuilder percent = new StringBuilder();
        planted.chars().forEach(c -> percent.append("%%%02x".formatted(c)));
        return Stream.of(
                        planted,
                        planted.toLowerCase(Locale.ROOT),
                        planted.toUpperCase(Locale.ROOT),
                        form,
                        form.replace("+", "%20"),
                        planted.replace("\\", "\\\\").replace("\"", "\\\""),
                        escaped.toString(),
                        percent.toString(),
                        Base64.getEncoder().encodeToString(bytes),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                .distinct()
                .toList();
    }

    /** Every form of a card number. */
    static List<String> writtenCard(String number) {
        List<String> forms = new ArrayList<>(written(number));
        for (String separator : List.of(" ", "-", ".", "%20", "\\u0020", "\n", " - ")) {
            forms.add(String.join(separator, number.split("(?<=\\G.{4})")));
        }
        return forms;
    }

    /** Every form of a card number that is looked for. */
    static List<String> cardForms(String number) {
        List<String> forms = new ArrayList<>(forms(number));
        for (String separator : List.of(" ", "-", ".")) {
            forms.add(String.join(separator, number.split("(?<=\\G.{4})")));
        }
        return forms;
    }
}
