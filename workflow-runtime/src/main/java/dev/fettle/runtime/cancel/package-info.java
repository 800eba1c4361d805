/** Cancellation that reaches every thread and process of a run. */
@NullMarked
package dev.fettle.runtime.cancel;

import org.jspecify.annotations.NullMarked;
