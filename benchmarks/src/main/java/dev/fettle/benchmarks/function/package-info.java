/** Optimization of functions with known optima, where an evaluation counts as expensive. */
@NullMarked
package dev.fettle.benchmarks.function;

import org.jspecify.annotations.NullMarked;
