package io.paybeacon.testkit.contract;

/**
 * The tests that every engine has to pass. A subclass supplies the harness; what an engine cannot
 * be tested for is reported as aborted, by name, and never as passed.
 *
 * <p>Written for engines that show what they acknowledged a moment later, work in partitions and
 * deliver more than once: the tests wait for conditions, compare states by key and deliveries by
 * finding, and look for absence only at rest.
 */
public abstract class EngineContract
        implements DurabilityContract,
                ReplayContract,
                OrderContract,
                DeadlineContract,
                CrashContract,
                ReferenceContract,
                CodecContract,
                DeliveryContract,
                OverloadContract {
    /** For subclasses. */
    protected EngineContract() {}
}
