/** What the runtime adds to the run of a workflow. */
@NullMarked
package dev.fettle.benchmarks.runtime;

import org.jspecify.annotations.NullMarked;
