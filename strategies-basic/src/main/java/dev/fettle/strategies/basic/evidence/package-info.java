/** What the strategies rest on, in figures and in words. */
@NullMarked
package dev.fettle.strategies.basic.evidence;

import org.jspecify.annotations.NullMarked;
