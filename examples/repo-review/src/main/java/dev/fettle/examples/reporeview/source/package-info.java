/** Source files and the words, tokens and methods in them. */
@NullMarked
package dev.fettle.examples.reporeview.source;

import org.jspecify.annotations.NullMarked;
