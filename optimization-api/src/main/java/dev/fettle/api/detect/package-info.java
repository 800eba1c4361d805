/** Bottlenecks and the detectors that find them. */
@NullMarked
package dev.fettle.api.detect;

import org.jspecify.annotations.NullMarked;
