package io.paybeacon.server.http;

import io.paybeacon.telemetry.IngestResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the body of a request within the limits of size, time and memory. Lives on the event loop
 * of its request.
 */
final class BodyReader {
    private final Vertx vertx;
    private final HttpServerRequest request;
    private final int bytesMax;
    private final AtomicLong bytesHeldByAll;
    private final Buffer body = Buffer.buffer();
    private final Promise<Reading> reading = Promise.promise();
    private final long timer;
    private boolean over;

    /** What came of reading. */
    sealed interface Reading {
        /** All of it; the bytes count as held until {@link BodyReader#release}. */
        record Complete(Buffer body) implements Reading {}

        /** Not all of it, and nothing is held. */
        record Refused(IngestResult why) implements Reading {}
    }

    /**
     * Begins to read.
     *
     * @param bytesMax how long it may be
     * @param millisMax how long reading may take
     * @param bytesHeldByAll how many bytes of bodies all requests hold
     */
    BodyReader(
            Vertx vertx,
            HttpServerRequest request,
            int bytesMax,
            int millisMax,
            AtomicLong bytesHeldByAll) {
        this.vertx = vertx;
        this.request = request;
        this.bytesMax = bytesMax;
        this.bytesHeldByAll = bytesHeldByAll;
        this.timer = vertx.setTimer(millisMax, _ -> refuse(IngestResult.TOO_SLOW));
    }

    /** What comes of it; never fails. */
    Future<Reading> read() {
        request.exceptionHandler(_ -> refuse(IngestResult.ABORTED));
        if (announcesTooMuch()) {
            refuse(IngestResult.TOO_LARGE);
        } else {
            request.handler(this::take);
            request.endHandler(_ -> complete());
        }
        return reading.future();
    }

    private boolean announcesTooMuch() {
        String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return announced != null && Long.parseLong(announced.strip()) > bytesMax;
        } catch (NumberFormatException e) {
            // Not a length, so it announces nothing; the bytes are counted as they come.
            return false;
        }
    }

    private void take(Buffer chunk) {
        if (over) {
            return;
        }
        if (body.length() + chunk.length() > bytesMax) {
            refuse(IngestResult.TOO_LARGE);
        } else if (bytesHeldByAll.addAndGet(chunk.length()) > Limits.BODY_BYTES_HELD_MAX) {
            bytesHeldByAll.addAndGet(-chunk.length());
            refuse(IngestResult.OVERLOADED);
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void complete() {
        if (!over) {
            over = true;
            vertx.cancelTimer(timer);
            reading.complete(new Reading.Complete(body));
        }
    }

    private void refuse(IngestResult why) {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(timer);
        bytesHeldByAll.addAndGet(-body.length());
        discard();
        reading.complete(new Reading.Refused(why));
    }

    // A connection that is closed while the client still sends may lose the answer on its way
    // (RFC 9112, 9.6), so the rest is let run for a moment.
    private void discard() {
        request.handler(_ -> {});
        long close =
                vertx.setTimer(
                        Limits.BODY_DISCARD_MILLIS_MAX,
                        _ -> {
                            if (!request.isEnded()) {
                                request.connection().close();
                            }
                        });
        request.endHandler(_ -> vertx.cancelTimer(close));
    }

    /** The bytes of a complete body are no longer held. */
    void release() {
        bytesHeldByAll.addAndGet(-body.length());
    }
}
