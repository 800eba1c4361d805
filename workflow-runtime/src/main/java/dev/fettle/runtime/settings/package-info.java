/** Settings of the runtime. */
@NullMarked
package dev.fettle.runtime.settings;

import org.jspecify.annotations.NullMarked;
