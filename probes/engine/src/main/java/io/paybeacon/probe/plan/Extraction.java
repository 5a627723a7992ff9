package io.paybeacon.probe.plan;

/** A value that a step keeps from the response, with its type and exact text. */
public sealed interface Extraction {

    /** The variable that receives the value. */
    String variable();

    /** Whether the step passes without it; the variable then has no value. */
    boolean optional();

    /** From the JSON body. */
    record FromJson(String variable, boolean optional, DocumentPath path) implements Extraction {}

    /** From a response header; the first, when it repeats. */
    record FromHeader(String variable, boolean optional, String header) implements Extraction {}
}
