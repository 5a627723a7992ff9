package io.paybeacon.server.reload;

import io.paybeacon.server.config.AgentConfig;

/** Brings a configuration into force. */
@FunctionalInterface
public interface Swap {
    /**
     * Changes what differs, all of it or nothing. Blocks; one call at a time.
     *
     * @throws SwapFailedException if nothing was changed
     */
    void swap(AgentConfig before, AgentConfig after) throws SwapFailedException;

    /** Nothing was changed. */
    final class SwapFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        /**
         * Why.
         *
         * @param message for people; nothing secret
         */
        public SwapFailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
