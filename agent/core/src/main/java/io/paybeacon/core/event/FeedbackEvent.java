package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/** What customers and vendors say. Free text stays with the platform. */
public sealed interface FeedbackEvent extends RegisterEvent {
    /** The highest score that a rating may be measured against. */
    int SCORE_MAX = 100;

    /**
     * A complaint of a customer or a vendor.
     *
     * @param complaint the platform's own reference of it
     * @param order the order that it is about; empty where it names none
     * @param topic what it is about, as the platform sorts it, such as {@code refund_missing}
     * @param open whether it still waits for an answer
     */
    record Complained(
            Origin origin,
            String complaint,
            Complainant from,
            String order,
            String topic,
            boolean open)
            implements FeedbackEvent {
        public Complained {
            Origin.requireText(complaint, "complaint");
        }

        @Override
        public String subject() {
            return origin.gateway() + ":complaint:" + complaint;
        }

        @Override
        public String type() {
            return "complaint";
        }
    }

    /**
     * A customer or vendor rates how it went.
     *
     * @param rating the platform's own reference of it
     * @param order the order that it is about; empty where it names none
     * @param score from 0 to {@code outOf}
     * @param outOf the best there is, from 1 to {@link #SCORE_MAX}
     */
    record Rated(Origin origin, String rating, Complainant from, String order, int score, int outOf)
            implements FeedbackEvent {
        public Rated {
            Origin.requireText(rating, "rating");
            if (outOf < 1 || outOf > SCORE_MAX || score < 0 || score > outOf) {
                throw new IllegalArgumentException("not a score: " + score + " of " + outOf);
            }
        }

        @Override
        public String subject() {
            return origin.gateway() + ":rating:" + rating;
        }

        @Override
        public String type() {
            return "rating";
        }
    }

    /** Who says it. */
    enum Complainant {
        /** Who buys. */
        CUSTOMER("customer"),
        /** Who sells. */
        VENDOR("vendor");

        /** All of them by label. */
        public static final Named<Complainant> NAMES =
                Named.of(Complainant.class, Complainant::label);

        private final String label;

        Complainant(String label) {
            this.label = label;
        }

        /** The word in the API and in stored bytes. */
        public String label() {
            return label;
        }
    }
}
