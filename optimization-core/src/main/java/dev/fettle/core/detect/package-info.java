/** Detectors: each finds one kind of problem in a profile. */
@NullMarked
package dev.fettle.core.detect;

import org.jspecify.annotations.NullMarked;
