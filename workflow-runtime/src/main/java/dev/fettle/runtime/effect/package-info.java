/** Performing external effects, or answering them from a recording. */
@NullMarked
package dev.fettle.runtime.effect;

import org.jspecify.annotations.NullMarked;
