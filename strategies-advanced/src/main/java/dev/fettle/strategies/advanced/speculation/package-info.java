/** Starting nodes before it is decided whether they are needed. */
@NullMarked
package dev.fettle.strategies.advanced.speculation;

import org.jspecify.annotations.NullMarked;
