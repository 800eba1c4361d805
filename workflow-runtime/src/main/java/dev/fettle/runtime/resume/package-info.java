/** Checkpoints of paused runs. */
@NullMarked
package dev.fettle.runtime.resume;

import org.jspecify.annotations.NullMarked;
