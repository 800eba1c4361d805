/** Recordings: what runs asked outside, with the answers, in a file; and how they answer again. */
@NullMarked
package dev.fettle.core.record;

import org.jspecify.annotations.NullMarked;
