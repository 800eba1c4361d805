/** Test problems: a workflow as a graph of choices with a makespan, evaluated incrementally. */
@NullMarked
package dev.fettle.search.choicedag;

import org.jspecify.annotations.NullMarked;
