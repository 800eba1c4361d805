/** Training the policy that comes with the search algorithms, and judging it on workflows that it has not seen. */
@NullMarked
package dev.fettle.benchmarks.policy;

import org.jspecify.annotations.NullMarked;
