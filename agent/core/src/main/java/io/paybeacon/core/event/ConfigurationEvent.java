package io.paybeacon.core.event;

/** What changes in how the platform takes money: what is seen after it may have come from it. */
public sealed interface ConfigurationEvent extends RegisterEvent {
    /**
     * A configuration took effect.
     *
     * @param component what was configured, such as {@code routing} or {@code checkout}
     * @param version its version, as payments name it in their property {@code configuration}
     * @param summary what changed, for people; no secret; may be empty
     */
    record ConfigurationChanged(Origin origin, String component, String version, String summary)
            implements ConfigurationEvent {
        public ConfigurationChanged {
            Origin.requireText(component, "component");
            Origin.requireText(version, "version");
        }

        @Override
        public String subject() {
            return origin.gateway() + ":" + component;
        }

        @Override
        public String type() {
            return "configuration_changed";
        }
    }
}
