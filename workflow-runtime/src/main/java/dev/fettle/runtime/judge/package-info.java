/** Judges of outputs that ask models. */
@NullMarked
package dev.fettle.runtime.judge;

import org.jspecify.annotations.NullMarked;
