package io.paybeacon.probe.yaml;

/**
 * One mistake in a file.
 *
 * @param file the file as the reader was told
 * @param line line of the mistake, from 1
 * @param key where it stands, such as {@code steps[0].http.method}; empty for the file as a whole
 * @param message what is wrong and how to put it right
 */
public record Problem(String file, int line, String key, String message) {

    /** One line for people: {@code file:line: key: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
