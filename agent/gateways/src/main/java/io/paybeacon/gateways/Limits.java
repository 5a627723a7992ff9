package io.paybeacon.gateways;

/** The limits of this module on what strangers send. */
public final class Limits {
    /** The longest body that is read. Stripe's and Adyen's webhooks stay below a tenth of it. */
    public static final int BODY_BYTES_MAX = 1 << 20;

    /** How deep objects and arrays nest. */
    public static final int NESTING_DEPTH_MAX = 64;

    /** The longest text that is looked at. */
    public static final int TEXT_CHARS_MAX = 20_000;

    /** The longest name of a field. */
    public static final int NAME_CHARS_MAX = 1_000;

    /** The longest number. */
    public static final int NUMBER_CHARS_MAX = 100;

    /** How many elements of an array are kept; those after them are passed over. */
    public static final int ARRAY_ITEMS_MAX = 100;

    /** The longest id of an object at a gateway (Stripe promises at most 255). */
    public static final int ID_CHARS_MAX = 255;

    /** The longest type of an event. */
    public static final int TYPE_CHARS_MAX = 128;

    /** The longest word of an enumeration, or code. */
    public static final int WORD_CHARS_MAX = 64;

    /** The longest name or reason that is kept. */
    public static final int WORDS_CHARS_MAX = 100;

    /** The longest reference of an order. */
    public static final int MERCHANT_REFERENCE_CHARS_MAX = 200;

    /** The largest amount, in minor units: sums of many of them still fit a {@code long}. */
    public static final long AMOUNT_MINOR_UNITS_MAX = 1_000_000_000_000_000L;

    /** The longest header that is parsed. */
    public static final int HEADER_CHARS_MAX = 4_096;

    /** How many elements one header holds. */
    public static final int HEADER_ELEMENTS_MAX = 32;

    private Limits() {}
}
