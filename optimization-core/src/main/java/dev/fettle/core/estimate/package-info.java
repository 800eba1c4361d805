/**
 * Estimates what changes would do by replaying recorded traces under them: which occurrences still run, what each takes,
 * and when each may start.
 */
@NullMarked
package dev.fettle.core.estimate;

import org.jspecify.annotations.NullMarked;
