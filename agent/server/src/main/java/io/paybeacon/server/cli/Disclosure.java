package io.paybeacon.server.cli;

import io.paybeacon.probe.secret.KnownSecrets;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.ConfigSecrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where text of this process becomes text for others: its log, whatever library wrote
 * the line and at whatever level, and what it says of an exception that nobody caught. All of it is
 * masked by all secrets known so far. Thread-safe.
 */
final class Disclosure {
    private final KnownSecrets secrets = new KnownSecrets();

    /** What is masked; it learns. */
    KnownSecrets secrets() {
        return secrets;
    }

    /** From now on the secrets of this configuration are masked. */
    AgentConfig learn(AgentConfig config) {
        secrets.learn(ConfigSecrets.of(config));
        return config;
    }

    /** The text as it may be shown. */
    String shown(String text) {
        return secrets.redactor().redactSparingPaths(text);
    }

    /** The message of an error, or its name when it has none, as it may be shown. */
    String shown(Throwable error) {
        String message = error.getMessage();
        return shown(message == null || message.isBlank() ? error.toString() : message);
    }

    /** The error with its trace, as it may be shown. */
    String trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        return shown(text.toString());
    }

    /** Masks what a logger's handlers write, those of the user's own logging set-up included. */
    void guard(Logger root) {
        for (Handler handler : root.getHandlers()) {
            handler.setFormatter(new Masking(handler.getFormatter()));
        }
    }

    /** What no thread caught goes to the log, and so is masked, too. */
    void catchUncaught() {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) ->
                LoggerFactory.getLogger(Disclosure.class)
                        .error("Nobody caught what ended thread {}", thread.getName(), error));
    }

    private final class Masking extends Formatter {
        private final Formatter inner;

        Masking(Formatter inner) {
            this.inner = inner;
        }

        @Override
        public String format(LogRecord entry) {
            return shown(inner.format(entry));
        }

        @Override
        public String getHead(Handler handler) {
            return inner.getHead(handler);
        }

        @Override
        public String getTail(Handler handler) {
            return inner.getTail(handler);
        }
    }
}
