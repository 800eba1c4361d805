/** Estimates, and plans: sets of suggestions chosen together. */
@NullMarked
package dev.fettle.api.plan;

import org.jspecify.annotations.NullMarked;
