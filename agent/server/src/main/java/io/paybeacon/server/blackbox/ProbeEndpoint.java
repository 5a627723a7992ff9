package io.paybeacon.server.blackbox;

import io.paybeacon.probe.http.Dialer;
import io.paybeacon.server.config.ModuleConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /probe?target=TARGET&module=MODULE}. Safe for use by many threads.
 *
 * <p>The time of a probe is that of its module, or less when the scrape says so in {@code
 * X-Prometheus-Scrape-Timeout-Seconds}: half a second before, as the exporter does, so that the
 * answer arrives.
 */
public final class ProbeEndpoint {
    /** The module of a scrape that names none. */
    static final String MODULE_DEFAULT = "http_2xx";

    /** Probes that are under way at once; each holds a connection and its buffers. */
    static final int UNDER_WAY_MAX = 500;

    private static final Duration SCRAPE_MARGIN = Duration.ofMillis(500);
    private static final Duration DEADLINE_MIN = Duration.ofMillis(100);

    private final TargetProber prober;
    private final Supplier<Map<String, ModuleConfig>> modules;
    private final AtomicInteger underWay = new AtomicInteger();

    /** What becomes of a question. */
    public sealed interface Reply {
        /** The probe took place, whether it passed or not. */
        record Samples(String text) implements Reply {}

        /**
         * The question cannot be answered.
         *
         * @param status of HTTP
         */
        record Refused(int status, String why) implements Reply {}
    }

    /**
     * An endpoint.
     *
     * @param vertx without a native transport, whose channels an attempt could not stamp
     * @param dialer over the same Vertx
     * @param modules those in force, by name; asked for every question
     * @param nanos a monotonic clock
     */
    public ProbeEndpoint(
            Vertx vertx,
            Dialer dialer,
            Supplier<Map<String, ModuleConfig>> modules,
            LongSupplier nanos) {
        this.prober = new TargetProber(vertx, dialer, nanos);
        this.modules = modules;
    }

    /**
     * Probes.
     *
     * @param target of the question; null when it names none
     * @param module of the question; null for {@link #MODULE_DEFAULT}
     * @param scrapeTimeout the header of the scrape; null when it has none
     */
    public Future<Reply> probe(
            @Nullable String target, @Nullable String module, @Nullable String scrapeTimeout) {
        if (target == null || target.isBlank()) {
            return refused(400, "Name a target: /probe?target=HOST:PORT&module=NAME");
        }
        Map<String, ModuleConfig> known = modules.get();
        String name = module == null || module.isBlank() ? MODULE_DEFAULT : module;
        ModuleConfig found = known.get(name);
        if (found == null) {
            return refused(
                    400,
                    "No such module; there are "
                            + String.join(", ", known.keySet().stream().sorted().toList()));
        }
        if (underWay.incrementAndGet() > UNDER_WAY_MAX) {
            underWay.decrementAndGet();
            return refused(503, UNDER_WAY_MAX + " probes are under way; scrape less at once");
        }
        Optional<Future<BlackboxAnswer>> answer =
                target.length() > Target.CHARS_MAX
                        ? Optional.empty()
                        : prober.probe(found, target.strip(), deadline(found, scrapeTimeout));
        if (answer.isEmpty()) {
            underWay.decrementAndGet();
            return refused(400, "The target is not one that the module takes: a URL, or HOST:PORT");
        }
        return answer.get()
                .onComplete(_ -> underWay.decrementAndGet())
                .map(samples -> new Reply.Samples(samples.text()));
    }

    private static Duration deadline(ModuleConfig module, @Nullable String scrapeTimeout) {
        Duration asked = module.timeout();
        if (scrapeTimeout != null && scrapeTimeout.matches("[0-9]{1,5}(\\.[0-9]{1,9})?")) {
            long millis = (long) (Double.parseDouble(scrapeTimeout) * 1_000);
            Duration scrape = Duration.ofMillis(millis).minus(SCRAPE_MARGIN);
            asked = scrape.compareTo(asked) < 0 ? scrape : asked;
        }
        return asked.compareTo(DEADLINE_MIN) < 0 ? DEADLINE_MIN : asked;
    }

    private static Future<Reply> refused(int status, String why) {
        return Future.succeededFuture(new Reply.Refused(status, why));
    }

    /** Closes its connections. */
    public Future<Void> close() {
        return prober.close();
    }
}
