/** Processes that leave nothing behind. */
@NullMarked
package dev.fettle.runtime.process;

import org.jspecify.annotations.NullMarked;
