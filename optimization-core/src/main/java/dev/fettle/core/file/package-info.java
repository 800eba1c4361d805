/** Files that are written as a whole or not at all. */
@NullMarked
package dev.fettle.core.file;

import org.jspecify.annotations.NullMarked;
