package io.paybeacon.embedded;

import io.paybeacon.testkit.contract.EngineContract;
import io.paybeacon.testkit.contract.EngineHarness;

/** The embedded engine keeps the contract of engines. */
class EmbeddedEngineContractTest extends EngineContract {
    @Override
    public EngineHarness newHarness() {
        return new EmbeddedHarness();
    }
}
