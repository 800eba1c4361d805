/** Whether what is called safe to cache is, on recorded tool calls. */
@NullMarked
package dev.fettle.benchmarks.caching;

import org.jspecify.annotations.NullMarked;
