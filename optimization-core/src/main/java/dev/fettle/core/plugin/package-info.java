/** Finding plugins, and binding their settings. */
@NullMarked
package dev.fettle.core.plugin;

import org.jspecify.annotations.NullMarked;
