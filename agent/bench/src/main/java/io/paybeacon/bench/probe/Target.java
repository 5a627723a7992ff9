package io.paybeacon.bench.probe;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The process that is probed, a {@link TargetServer}, from outside. */
final class Target implements AutoCloseable {
    private final Child child;
    private final URI plain;
    private final URI tls;

    private Target(Child child, URI plain, URI tls) {
        this.child = child;
        this.plain = plain;
        this.tls = tls;
    }

    static Target start(Path directory, Certificate.Pem pem) throws IOException {
        Child child =
                Child.worker(
                        directory,
                        TargetServer.class,
                        pem.chain().toString(),
                        pem.key().toString());
        String[] ports = child.answer().split(" ", -1);
        return new Target(
                child,
                URI.create("http://127.0.0.1:" + ports[0]),
                URI.create("https://127.0.0.1:" + ports[1]));
    }

    URI plain() {
        return plain;
    }

    URI tls() {
        return tls;
    }

    /** What it has seen so far. */
    Counts counts() throws IOException {
        String[] words = child.ask("counts").split(" ", -1);
        return new Counts(
                Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    /** The slots whose requests it has seen: the probe, and nanoseconds of the epoch. */
    List<String> arrivals(Path directory) throws IOException {
        Path file = directory.resolve("arrivals");
        child.ask("arrivals " + file);
        return Files.readAllLines(file);
    }

    /**
     * What a server has seen.
     *
     * @param fullHandshakes without a resumed session
     */
    record Counts(long requests, long fullHandshakes, long resumedHandshakes) {
        Counts minus(Counts before) {
            return new Counts(
                    requests - before.requests,
                    fullHandshakes - before.fullHandshakes,
                    resumedHandshakes - before.resumedHandshakes);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
