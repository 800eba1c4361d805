/** Judging what the optimizer says and learned against what is so. */
@NullMarked
package dev.fettle.benchmarks.evaluate;

import org.jspecify.annotations.NullMarked;
