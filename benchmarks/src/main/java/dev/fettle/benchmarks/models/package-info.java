/** What choosing among models saves, on recorded outcomes of many of them on the same tasks. */
@NullMarked
package dev.fettle.benchmarks.models;

import org.jspecify.annotations.NullMarked;
