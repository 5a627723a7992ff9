package io.paybeacon.probe.pace;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.schedule.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pace of one gateway. Every attempt on the wire asks for a turn first; money goes before
 * everything else, and probes take turns. Thread-safe; answers come on the thread that asks or on
 * the timer's.
 */
public final class Pacer {

    private static final class Waiting {
        private final long askedNanos;
        private final long deadlineNanos;
        private final Promise<Turn> promise = Promise.promise();

        Waiting(long askedNanos, long waitMaxNanos) {
            this.askedNanos = askedNanos;
            this.deadlineNanos = askedNanos + waitMaxNanos;
        }
    }

    private record Answer(Waiting waiting, Turn turn) {}

    private final String gateway;
    private final LongSupplier nanos;
    private final Timer timer;
    private final TokenBucket bucket;
    private final FairQueue<Waiting> money = new FairQueue<>();
    private final FairQueue<Waiting> flow = new FairQueue<>();
    private GatewayPace pace;
    private @Nullable Runnable cancelTimer;
    private boolean flowStopped;

    /**
     * A pacer whose bucket is full.
     *
     * @param gateway name of the gateway account, for explanations
     * @param nanos monotonic clock in nanoseconds
     */
    public Pacer(String gateway, GatewayPace pace, LongSupplier nanos, Timer timer) {
        this.gateway = gateway;
        this.pace = pace;
        this.nanos = nanos;
        this.timer = timer;
        this.bucket = new TokenBucket(pace, nanos.getAsLong());
    }

    /** Goes on at another pace; who waits keeps its place. */
    public void change(GatewayPace next) {
        List<Answer> answers;
        synchronized (this) {
            pace = next;
            long now = nanos.getAsLong();
            bucket.change(next, now);
            answers = advance(now);
        }
        give(answers);
    }

    /**
     * Asks whether an attempt may be sent, and waits for its turn.
     *
     * @param probe name of the probe that asks
     * @param waitMax longest wait; then the turn is refused
     * @return never fails
     */
    public Future<Turn> turn(String probe, Urgency urgency, Duration waitMax) {
        Waiting waiting;
        List<Answer> answers = new ArrayList<>();
        synchronized (this) {
            long now = nanos.getAsLong();
            waiting = new Waiting(now, Math.max(0, waitMax.toNanos()));
            String refusal = refusal(urgency, answers, now);
            if (refusal != null) {
                answers.add(new Answer(waiting, new Turn.Refused(0, refusal)));
            } else {
                (urgency == Urgency.MONEY ? money : flow).add(probe, waiting);
                answers.addAll(advance(now));
            }
        }
        give(answers);
        return waiting.promise.future();
    }

    /** Whether an attempt could be sent at this moment without holding up another. */
    public synchronized boolean isIdle() {
        return money.size() + flow.size() == 0 && bucket.untilNextNanos(nanos.getAsLong()) == 0;
    }

    /** Whether nothing waits and the burst is whole, so that forgetting the pacer loses nothing. */
    synchronized boolean isRested() {
        return money.size() + flow.size() == 0 && bucket.isFull(nanos.getAsLong());
    }

    /** From now on only money moves: what else waits, or asks later, is refused. */
    public void stopFlow() {
        List<Answer> answers;
        synchronized (this) {
            flowStopped = true;
            answers =
                    refuse(
                            flow.removeIf(_ -> true),
                            "the agent is shutting down",
                            nanos.getAsLong());
        }
        give(answers);
    }

    /** Why an attempt may not even wait; null when it may. Money pushes flow out of a full row. */
    private @Nullable String refusal(Urgency urgency, List<Answer> answers, long now) {
        if (urgency == Urgency.FLOW && flowStopped) {
            return "the agent is shutting down";
        }
        if (money.size() + flow.size() < Limits.PACE_WAITING_MAX) {
            return null;
        }
        String full =
                "%d attempts wait for their turn at %s already"
                        .formatted(Limits.PACE_WAITING_MAX, gateway);
        if (urgency == Urgency.FLOW || flow.size() == 0) {
            return full;
        }
        Waiting pushedOut = flow.entries().getLast();
        answers.addAll(refuse(flow.removeIf(waiting -> waiting == pushedOut), full, now));
        return null;
    }

    /** Grants turns as far as the pace allows, refuses those past their time, sets the timer. */
    private List<Answer> advance(long now) {
        List<Answer> answers =
                new ArrayList<>(refuseLate(now, waiting -> now > waiting.deadlineNanos));
        while (money.size() + flow.size() > 0 && bucket.tryTake(now)) {
            Waiting first = money.size() > 0 ? money.poll() : flow.poll();
            if (first != null) {
                answers.add(new Answer(first, new Turn.Granted(now - first.askedNanos)));
            }
        }
        answers.addAll(refuseLate(now, waiting -> now == waiting.deadlineNanos));
        arm(now);
        return answers;
    }

    private List<Answer> refuseLate(long now, Predicate<Waiting> late) {
        String why =
                "its turn at %s did not come in time at %d requests a second; nothing was sent"
                        .formatted(gateway, pace.requestsPerSecond());
        List<Answer> answers = new ArrayList<>(refuse(money.removeIf(late), why, now));
        answers.addAll(refuse(flow.removeIf(late), why, now));
        return answers;
    }

    private List<Answer> refuse(List<Waiting> refused, String why, long now) {
        return refused.stream()
                .map(waiting ->
                        new Answer(waiting, new Turn.Refused(now - waiting.askedNanos, why)))
                .toList();
    }

    private void arm(long now) {
        if (cancelTimer != null) {
            cancelTimer.run();
            cancelTimer = null;
        }
        long untilDeadline =
                Stream.concat(money.entries().stream(), flow.entries().stream())
                        .mapToLong(waiting -> waiting.deadlineNanos - now)
                        .min()
                        .orElse(-1);
        if (untilDeadline >= 0) {
            long sleep = Math.min(untilDeadline, bucket.untilNextNanos(now));
            cancelTimer = timer.after(Duration.ofNanos(sleep), this::wake);
        }
    }

    private void wake() {
        List<Answer> answers;
        synchronized (this) {
            cancelTimer = null;
            answers = advance(nanos.getAsLong());
        }
        give(answers);
    }

    /** Outside the lock: who hears of a turn may ask for the next one. */
    private static void give(List<Answer> answers) {
        answers.forEach(answer -> answer.waiting().promise.tryComplete(answer.turn()));
    }
}
