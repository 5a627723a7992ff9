package io.paybeacon.server.reload;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for {@code SIGHUP}.
 *
 * <p>The JDK offers signals in its module {@code jdk.unsupported} alone. The compiler warns of each
 * use by name, and that warning cannot be silenced, so the class is found when it is needed; where
 * there is none, or the platform has no such signal, the other ways to reload remain.
 */
public final class HangUpSignal {
    private static final Logger LOG = LoggerFactory.getLogger(HangUpSignal.class);

    private HangUpSignal() {}

    /**
     * Runs something at each signal from now on, on a thread of the JDK.
     *
     * @return whether the signal is listened for
     */
    public static boolean onEach(Runnable reaction) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle run =
                    MethodHandles.publicLookup()
                            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                            .bindTo(reaction);
            Object reacting =
                    MethodHandleProxies.asInterfaceInstance(
                            handler, MethodHandles.dropArguments(run, 0, signal));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), reacting);
            return true;
        } catch (InvocationTargetException e) {
            LOG.info("SIGHUP is not listened for: {}", String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException e) {
            LOG.info("SIGHUP is not listened for: {}", e.toString());
        }
        return false;
    }
}
