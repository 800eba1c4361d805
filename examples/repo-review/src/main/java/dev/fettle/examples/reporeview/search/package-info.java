/** Two tools that search code: by scanning every line and by an index. */
@NullMarked
package dev.fettle.examples.reporeview.search;

import org.jspecify.annotations.NullMarked;
