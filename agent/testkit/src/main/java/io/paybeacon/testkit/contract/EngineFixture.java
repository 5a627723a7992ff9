package io.paybeacon.testkit.contract;

/** What every part of the kit needs: an engine on a storage of its own, as often as it likes. */
interface EngineFixture {
    /** A harness on an empty storage. The kit closes it. */
    EngineHarness newHarness();

    /** The engine under test beside the model, with the small stages. */
    default Twin twin() {
        return new Twin(newHarness(), Toys.pipeline(), Toys.reference());
    }
}
