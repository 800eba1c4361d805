/** Chooses among suggestions: the space of their combinations, the search in it, the plan that comes out. */
@NullMarked
package dev.fettle.core.plan;

import org.jspecify.annotations.NullMarked;
