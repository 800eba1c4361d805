/** Fronts of duration, cost and quality: how much of what exact weighted searches find is in one. */
@NullMarked
package dev.fettle.benchmarks.front;

import org.jspecify.annotations.NullMarked;
