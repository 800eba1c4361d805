package dev.fettle.api;

/**
 * What every plugin has: a name, unique among the plugins of its kind, and default settings.
 *
 * <p>A plugin has a public constructor without arguments, is stateless and safe for use by several threads. Its settings
 * are a record; the configuration's values under the plugin's name replace the record's defaults, and an unknown key is
 * refused at start-up. The bound settings reach the plugin in the context of each call.
 */
@Stable
public interface Plugin {
    /** Lower-case words joined by hyphens, as in {@code slow-node}. */
    String name();

    /** The settings used where the configuration says nothing. */
    default Record defaultSettings() {
        return NoSettings.INSTANCE;
    }

    /** The settings of a plugin that has none. */
    record NoSettings() {
        static final NoSettings INSTANCE = new NoSettings();
    }
}
