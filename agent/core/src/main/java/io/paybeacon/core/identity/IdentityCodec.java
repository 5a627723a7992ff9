package io.paybeacon.core.identity;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentFactCodec;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.identity.Identity.Parked;
import io.paybeacon.core.output.FindingCodec;

/**
 * Layouts 1 and 2: reference, payment, layout of the facts, parked messages, their age, finding.
 * They differ in nothing but the layout of facts that they were written with.
 */
enum IdentityCodec implements Codec<Identity> {
    INSTANCE;

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(Identity value, ByteWriter out) {
        value.reference().write(out);
        out.optional(value.payment(), (w, payment) -> payment.write(w));
        out.unsigned(PaymentFactCodec.VERSION);
        out.list(
                value.parked(),
                (w, parked) -> {
                    parked.origin().write(w);
                    w.list(parked.facts(), PaymentFactCodec::write);
                });
        out.optional(value.parkedSince(), ByteWriter::instant);
        out.optional(value.orphaned(), FindingCodec::write);
    }

    @Override
    public Identity read(int version, ByteReader in) {
        ProviderReference reference = ProviderReference.read(in);
        PaymentId payment = in.optional(PaymentId::read);
        int facts = in.unsignedInt();
        return new Identity(
                reference,
                payment,
                in.list(r ->
                        new Parked(Origin.read(r), r.list(f -> PaymentFactCodec.read(facts, f)))),
                in.optional(ByteReader::instant),
                in.optional(FindingCodec::read));
    }
}
