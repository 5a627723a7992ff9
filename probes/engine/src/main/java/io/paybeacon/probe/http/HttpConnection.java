package io.paybeacon.probe.http;

import io.netty.buffer.ByteBuf;
import io.paybeacon.probe.http.HttpCall.Header;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * An open connection that carries one exchange after another. Confined to the event loop of its
 * channel.
 */
sealed interface HttpConnection permits Http1Connection, Http2Connection {

    /** What becomes of one exchange. After a failure or the end nothing more is told. */
    interface Answer {
        /** The head of the final response. */
        void head(int status, List<Header> headers, String protocol);

        /** A piece of the body; not to be kept or released. */
        void body(ByteBuf piece);

        /** The response is whole. */
        void end(List<Header> trailers);

        /** There will be no whole response. */
        void failed(Throwable thrown);
    }

    /**
     * Sends a request, and stamps it.
     *
     * @throws IllegalArgumentException if the request cannot be written down; nothing was sent
     */
    void send(HttpRequest request, Buffer body, AttemptStamps stamps, Answer answer);

    /** Whether another exchange can begin. */
    boolean isReusable();

    ProbeChannel channel();
}
