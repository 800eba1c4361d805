/** What was predicted of changes, beside what running them gives. */
@NullMarked
package dev.fettle.benchmarks.predict;

import org.jspecify.annotations.NullMarked;
