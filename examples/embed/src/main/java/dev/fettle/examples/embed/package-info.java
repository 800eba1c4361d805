/** Fettle in a program of one's own. */
@NullMarked
package dev.fettle.examples.embed;

import org.jspecify.annotations.NullMarked;
