package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.paypal.Order.Status;
import java.time.Instant;
import java.util.Optional;

/**
 * The steps that move money: each changes objects, ledger and events together. Confined to the
 * lock of {@link PayPalGateway}.
 */
final class Settlement {
    private final Books books;
    private final Announcer announcer;

    Settlement(Books books, Announcer announcer) {
        this.books = books;
        this.announcer = announcer;
    }

    /** Asks the issuer to hold the order's amount. A denial completes the order too. */
    Order authorize(Order order, Execution execution) {
        Instant now = books.now();
        Optional<Processor> processor = ask(order, execution);
        boolean approved = processor.map(Processor::approved).orElse(true);
        Money asked = order.unit().amount();
        Money booked = asked.of(execution.tamper().booked(asked.minor()));
        Authorization authorization =
                new Authorization(
                        books.ids().object(),
                        order.id(),
                        now,
                        now,
                        order.unit(),
                        booked,
                        approved ? Authorization.Status.CREATED : Authorization.Status.DENIED,
                        processor,
                        0,
                        approved ? booked.minor() : 0);
        Order done = order.with(Status.COMPLETED, now);
        books.put(done);
        books.put(authorization);
        if (approved) {
            books.ledger().authorise(order.id(), booked.currency().code(), booked.minor());
            announcer.created(authorization, execution);
        }
        return done;
    }

    /** Asks the issuer to take the order's amount at once. */
    Order capture(Order order, Execution execution) {
        Instant now = books.now();
        Optional<Processor> processor = ask(order, execution);
        boolean pending = order.card().filter(Card::pending).isPresent();
        boolean approved = !pending && processor.map(Processor::approved).orElse(true);
        Money asked = order.unit().amount();
        Money booked = asked.of(execution.tamper().booked(asked.minor()));
        Capture capture =
                new Capture(
                        books.ids().object(),
                        order.id(),
                        Optional.empty(),
                        now,
                        now,
                        order.unit(),
                        order.unit().invoiceId(),
                        booked,
                        approved
                                ? Capture.Status.COMPLETED
                                : pending ? Capture.Status.PENDING : Capture.Status.DECLINED,
                        true,
                        processor,
                        0);
        Order done = order.with(Status.COMPLETED, now);
        books.put(done);
        books.put(capture);
        if (approved) {
            String currency = booked.currency().code();
            books.ledger().authorise(order.id(), currency, booked.minor());
            books.ledger().capture(order.id(), currency, booked.minor(), booked.minor(), 0);
            order.unit().invoiceId().ifPresent(invoice -> books.paid(invoice, order.id()));
        }
        announcer.captured(capture, execution);
        if (approved) {
            announcer.completed(done, execution);
        }
        return done;
    }

    private static Optional<Processor> ask(Order order, Execution execution) {
        return order.card()
                .map(card ->
                        execution
                                .tamper()
                                .declineCode()
                                .or(card::declineCode)
                                .map(Processor::declined)
                                .orElse(Processor.APPROVED));
    }

    /** Takes {@code asked} out of a hold; what is left is let go when no other capture follows. */
    Capture capture(
            Authorization held,
            Money asked,
            boolean last,
            Optional<String> invoiceId,
            Execution execution) {
        Instant now = books.now();
        Money booked = asked.of(execution.tamper().booked(asked.minor()));
        Authorization after = held.captured(asked.minor(), last, now);
        Capture capture =
                new Capture(
                        books.ids().object(),
                        held.orderId(),
                        Optional.of(held.id()),
                        now,
                        now,
                        held.unit(),
                        invoiceId.or(() -> held.unit().invoiceId()),
                        booked,
                        Capture.Status.COMPLETED,
                        last,
                        held.processor(),
                        0);
        long taken = Math.min(asked.minor(), held.heldMinor());
        long released = held.heldMinor() - after.heldMinor() - taken;
        books.put(after);
        books.put(capture);
        books.ledger()
                .capture(
                        held.orderId(),
                        booked.currency().code(),
                        taken + released,
                        booked.minor(),
                        released);
        capture.invoiceId().ifPresent(invoice -> books.paid(invoice, held.orderId()));
        announcer.captured(capture, execution);
        return capture;
    }

    /** Lets go what is still held. */
    Authorization release(Authorization held, Execution execution) {
        Authorization voided = held.voided(books.now());
        books.put(voided);
        books.ledger().release(held.orderId(), held.amount().currency().code(), held.heldMinor());
        announcer.voided(voided, execution);
        return voided;
    }

    Refund refund(
            Capture capture,
            Money asked,
            Optional<String> customId,
            Optional<String> invoiceId,
            Optional<String> noteToPayer,
            Execution execution) {
        Instant now = books.now();
        Money booked = asked.of(execution.tamper().booked(asked.minor()));
        Capture after = capture.refunded(booked.minor(), now);
        Refund refund =
                new Refund(
                        books.ids().object(),
                        capture.id(),
                        capture.orderId(),
                        now,
                        booked,
                        after.refundedMinor(),
                        customId.or(() -> capture.unit().customId()),
                        invoiceId.or(capture::invoiceId),
                        noteToPayer);
        books.put(after);
        books.put(refund);
        books.ledger().refund(capture.orderId(), booked.currency().code(), booked.minor());
        announcer.refunded(refund, capture.unit(), execution);
        return refund;
    }
}
