/** Other optimizers beside Fettle's search: the same instances, one run, one table. */
@NullMarked
package dev.fettle.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
