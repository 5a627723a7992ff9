package io.paybeacon.sandbox.paypal;

import io.vertx.core.json.JsonObject;

/**
 * What the card's processor said (the schema {@code processor_response}).
 *
 * @param avsCode of the check of the address
 * @param cvvCode of the check of the security code
 * @param responseCode {@code 0000} for an approval
 */
record Processor(String avsCode, String cvvCode, String responseCode) {
    static final Processor APPROVED = new Processor("Y", "M", "0000");

    /** A decline: address and security code count as not checked, as the documentation says. */
    static Processor declined(String responseCode) {
        return new Processor("G", "P", responseCode);
    }

    boolean approved() {
        return responseCode.equals(APPROVED.responseCode);
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("avs_code", avsCode)
                .put("cvv_code", cvvCode)
                .put("response_code", responseCode);
    }
}
