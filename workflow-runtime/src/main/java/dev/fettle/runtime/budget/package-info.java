/** Money that a run and its nodes may spend. */
@NullMarked
package dev.fettle.runtime.budget;

import org.jspecify.annotations.NullMarked;
