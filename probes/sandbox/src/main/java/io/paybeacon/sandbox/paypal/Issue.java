package io.paybeacon.sandbox.paypal;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * One entry of {@code details} in an error.
 *
 * @param name the documented name, for example {@code CANNOT_BE_ZERO_OR_NEGATIVE}
 * @param description the documented text
 * @param field JSON pointer of the field at fault
 */
record Issue(String name, String description, Optional<String> field) {
    static Issue of(String name, String description) {
        return new Issue(name, description, Optional.empty());
    }

    static Issue at(String field, String name, String description) {
        return new Issue(name, description, Optional.of(field));
    }

    /** The real gateway repeats the offending value; a value may be a card number, so not here. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        field.ifPresent(f -> json.put("field", f).put("location", "body"));
        return json.put("issue", name).put("description", description);
    }
}
