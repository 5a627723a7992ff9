package io.paybeacon.core.decline;

import io.paybeacon.core.decline.GuidanceTexts.Text;
import io.paybeacon.core.event.DeclineCause;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What is said of refusals in German. */
final class GermanGuidance {
    static final Map<DeclineCause, Text> TEXTS;

    /** Fraud, lost cards and compliance: who asks must not learn the reason. */
    private static final String NEUTRAL =
            "Diese Zahlung konnte nicht angenommen werden. Bitte nutzen Sie eine "
                    + "andere Zahlungsart.";

    static {
        Map<DeclineCause, Text> texts = new EnumMap<>(DeclineCause.class);
        addDetails(texts);
        addRefusals(texts);
        addConsent(texts);
        addTechnical(texts);
        TEXTS = Collections.unmodifiableMap(texts);
    }

    private GermanGuidance() {}

    private static void addDetails(Map<DeclineCause, Text> texts) {
        texts.put(
                DeclineCause.INSUFFICIENT_FUNDS,
                new Text(
                        "Das Konto oder die Karte ist nicht ausreichend gedeckt. Bitte zahlen "
                                + "Sie Geld ein oder nutzen Sie eine andere Karte.",
                        "Die Bank meldet fehlende Deckung. Ein späterer Versuch kann gelingen; "
                                + "er zählt gegen die Grenzen des Kartennetzes."));
        texts.put(
                DeclineCause.LIMIT_EXCEEDED,
                new Text(
                        "Das Limit dieser Karte ist erreicht. Bitten Sie Ihre Bank, es zu "
                                + "erhöhen, oder nutzen Sie eine andere Karte.",
                        "Anzahl oder Summe der Zahlungen ist ausgeschöpft. Die Bank kann es "
                                + "aufheben; kleinere Beträge gehen womöglich."));
        texts.put(
                DeclineCause.EXPIRED_CARD,
                new Text(
                        "Bitte prüfen Sie das Ablaufdatum der Karte oder nutzen Sie eine gültige "
                                + "Karte.",
                        "Abgelaufen oder das Datum ist vertippt. Erneut eingeben lassen; "
                                + "gespeicherte Karten aktualisieren."));
        texts.put(
                DeclineCause.INVALID_NUMBER,
                new Text(
                        "Bitte prüfen Sie die Kartennummer und geben Sie sie erneut ein.",
                        "Diese Nummer gibt es nicht: vertippt. Nie nach der Nummer fragen."));
        texts.put(
                DeclineCause.INVALID_CVC,
                new Text(
                        "Die Prüfziffer stimmt nicht. Bitte geben Sie sie erneut ein: drei "
                                + "Ziffern auf der Rückseite, bei American Express vier vorne.",
                        "Falsche Prüfziffer. Viele hintereinander aus einer Quelle sind "
                                + "Kartentests: Befunde ansehen."));
        texts.put(
                DeclineCause.ADDRESS_MISMATCH,
                new Text(
                        "Die Rechnungsadresse ist nicht die, die Ihre Bank kennt. Bitte prüfen "
                                + "Sie Hausnummer und Postleitzahl.",
                        "Die Adressprüfung schlug fehl. Hausnummer und Postleitzahl mit dem "
                                + "Kontoauszug vergleichen lassen."));
        texts.put(
                DeclineCause.AUTHENTICATION_REQUIRED,
                new Text(
                        "Ihre Bank möchte, dass Sie diese Zahlung bestätigen. Bitte starten Sie "
                                + "sie erneut und bestätigen Sie sie in Ihrer Banking-App.",
                        "Die Bank verlangt 3-D Secure. Einen neuen Zahlungslink senden."));
    }

    private static void addRefusals(Map<DeclineCause, Text> texts) {
        texts.put(
                DeclineCause.AUTHENTICATION_FAILED,
                new Text(
                        "Die Zahlung wurde bei Ihrer Bank nicht bestätigt. Bitte versuchen Sie "
                                + "es erneut oder nutzen Sie eine andere Karte.",
                        "Nicht bestätigt. Viele zugleich deuten auf den 3-D-Secure-Dienst: "
                                + "Befunde ansehen."));
        texts.put(
                DeclineCause.AUTHENTICATION_UNAVAILABLE,
                new Text(
                        "Das Bestätigen von Zahlungen ist gerade gestört. Es wurde nichts "
                                + "abgebucht. Bitte versuchen Sie es in einigen Minuten erneut.",
                        "Der 3-D-Secure-Dienst war gestört. Nach einem Vorfall sehen; eine "
                                + "andere Zahlungsart hilft jetzt."));
        texts.put(
                DeclineCause.DO_NOT_HONOR,
                new Text(
                        "Ihre Bank hat die Zahlung ohne Angabe von Gründen abgelehnt. Bitte "
                                + "rufen Sie Ihre Bank an oder nutzen Sie eine andere Karte.",
                        "Kein Grund genannt. Höchstens ein bis zwei spätere Versuche; nur die "
                                + "Bank kennt den Grund."));
        texts.put(
                DeclineCause.SUSPECTED_FRAUD,
                new Text(
                        NEUTRAL,
                        "Betrugsverdacht. Dem Kunden nichts sagen, nicht erneut versuchen; an "
                                + "die Risikoabteilung."));
        texts.put(
                DeclineCause.LOST_OR_STOLEN,
                new Text(
                        NEUTRAL,
                        "Als verloren oder gestohlen gemeldet oder gesperrt. Nichts sagen, nicht "
                                + "erneut versuchen; an die Risikoabteilung."));
        texts.put(
                DeclineCause.CARD_RESTRICTED,
                new Text(
                        "Diese Karte ist für diesen Kauf nicht zugelassen. Bitte nutzen Sie eine "
                                + "andere Karte oder Zahlungsart.",
                        "Die Karte ist für diese Verwendung nicht gedacht. Dieselbe Karte wird "
                                + "nicht gehen."));
    }

    private static void addConsent(Map<DeclineCause, Text> texts) {
        texts.put(
                DeclineCause.ACCOUNT_CLOSED,
                new Text(
                        "Das Konto hinter dieser Karte ist nicht mehr aktiv. Bitte nutzen Sie "
                                + "eine andere Karte oder fragen Sie Ihre Bank nach der neuen.",
                        "Geschlossen, ersetzt oder nie vorhanden. Neue Kartendaten nutzen, wo es "
                                + "sie gibt."));
        texts.put(
                DeclineCause.REVOKED,
                new Text(
                        "Sie haben diese Abbuchungen bei Ihrer Bank gestoppt. Bitte bestätigen "
                                + "Sie eine neue Zahlung, um fortzufahren.",
                        "Das Mandat ist widerrufen. Ein weiterer Versuch führt zum Streitfall: "
                                + "zuerst neue Zustimmung."));
        texts.put(
                DeclineCause.NOT_PERMITTED,
                new Text(
                        "Ihre Bank hat diese Karte nicht für Zahlungen im Internet oder Ausland "
                                + "freigeschaltet. Bitte fragen Sie Ihre Bank oder nutzen Sie eine "
                                + "andere Karte.",
                        "Diese Art Zahlung ist mit der Karte nicht erlaubt. Oft lässt sie sich "
                                + "in der Banking-App freischalten."));
        texts.put(
                DeclineCause.CURRENCY_NOT_SUPPORTED,
                new Text(
                        "Diese Karte kann nicht in dieser Währung zahlen. Bitte wählen Sie eine "
                                + "andere Währung oder Karte.",
                        "Die Karte zahlt nicht in der Währung der Bestellung."));
        texts.put(
                DeclineCause.INVALID_AMOUNT,
                new Text(
                        "Der Fehler liegt bei uns, nicht bei Ihnen. Es wurde nichts abgebucht; "
                                + "wir kümmern uns darum.",
                        "Ein Betrag, den Gateway oder Netz nicht annehmen. Fehler der Anbindung: "
                                + "an die Technik."));
        texts.put(
                DeclineCause.INVALID_REQUEST,
                new Text(
                        "Bei uns ist ein Fehler aufgetreten. Es wurde nichts abgebucht; wir "
                                + "sehen es uns an.",
                        "Das Gateway verstand die Anfrage nicht. An die Technik."));
        texts.put(
                DeclineCause.DUPLICATE,
                new Text(
                        "Diese Zahlung liegt uns schon vor. Bitte warten Sie einen Moment, bevor "
                                + "Sie es erneut versuchen; wir prüfen sie.",
                        "Für eine Wiederholung gehalten. Zuerst die erste Zahlung suchen."));
    }

    private static void addTechnical(Map<DeclineCause, Text> texts) {
        texts.put(
                DeclineCause.ISSUER_UNAVAILABLE,
                new Text(
                        "Ihre Bank ist gerade nicht erreichbar. Es wurde nichts abgebucht. Bitte "
                                + "versuchen Sie es in Kürze erneut.",
                        "Die Bank antwortete nicht. Später geht es meist; eine Bank oder viele?"));
        texts.put(
                DeclineCause.PROCESSOR_ERROR,
                new Text(
                        "Ein technisches Problem hat die Zahlung verhindert. Es wurde nichts "
                                + "abgebucht. Bitte versuchen Sie es in einigen Minuten erneut.",
                        "Gateway, Acquirer oder Netz waren gestört. Nach einem Vorfall sehen."));
        texts.put(
                DeclineCause.COMPLIANCE,
                new Text(
                        NEUTRAL,
                        "Aus rechtlichen oder Sicherheitsgründen abgelehnt. Keinen Grund nennen; "
                                + "an die Risikoabteilung."));
        texts.put(
                DeclineCause.CANCELLED_BY_CUSTOMER,
                new Text(
                        "Sie haben die Zahlung abgebrochen. Es wurde nichts abgebucht; Sie "
                                + "können sie jederzeit neu starten.",
                        "Vom Kunden abgebrochen. Ein neuer Link hilft bei einem Versehen."));
        texts.put(
                DeclineCause.EXCESSIVE_RETRIES,
                new Text(
                        "Diese Karte wurde zu oft versucht. Bitte warten Sie 24 Stunden oder "
                                + "nutzen Sie eine andere Zahlungsart.",
                        "Vom Gateway nach zu vielen Versuchen gesperrt, für einen Tag."));
        texts.put(
                DeclineCause.INVALID_PIN,
                new Text(
                        "Die PIN war falsch. Bitte geben Sie sie erneut ein oder nutzen Sie eine "
                                + "andere Karte.",
                        "Falsche PIN, oder es wird eine gebraucht, die nicht abgefragt wurde."));
        texts.put(
                DeclineCause.PIN_BLOCKED,
                new Text(
                        "Die PIN dieser Karte ist nach zu vielen Versuchen gesperrt. Bitte "
                                + "lassen Sie sie von Ihrer Bank entsperren oder nutzen Sie eine "
                                + "andere Karte.",
                        "Zu viele falsche PINs. Nur die Bank kann entsperren."));
        texts.put(
                DeclineCause.UNKNOWN,
                new Text(
                        "Die Zahlung ist nicht zustande gekommen. Es wurde nichts abgebucht. "
                                + "Bitte nutzen Sie eine andere Karte oder Zahlungsart.",
                        "Das Gateway nannte keinen bekannten Grund; sein eigener Code steht im "
                                + "Befund."));
    }
}
