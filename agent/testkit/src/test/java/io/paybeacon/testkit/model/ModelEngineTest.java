package io.paybeacon.testkit.model;

import io.paybeacon.testkit.contract.EngineContract;
import io.paybeacon.testkit.contract.EngineHarness;

/** The model passes its own kit. */
class ModelEngineTest extends EngineContract {
    @Override
    public EngineHarness newHarness() {
        return new ModelHarness();
    }
}
