/** Letting a cheaper, faster or more reliable tool answer. */
@NullMarked
package dev.fettle.strategies.basic.toolselection;

import org.jspecify.annotations.NullMarked;
