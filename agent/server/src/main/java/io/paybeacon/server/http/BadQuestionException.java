package io.paybeacon.server.http;

/** A question that has no answer, with the problem to answer instead. */
final class BadQuestionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final String detail;

    BadQuestionException(int status, String title, String detail) {
        super(title);
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String detail() {
        return detail;
    }
}
