/** Trial calls of tools that could stand in for others. */
@NullMarked
package dev.fettle.core.trial;

import org.jspecify.annotations.NullMarked;
