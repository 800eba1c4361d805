/** Builders of traces and profiles. */
@NullMarked
package dev.fettle.testkit.trace;

import org.jspecify.annotations.NullMarked;
