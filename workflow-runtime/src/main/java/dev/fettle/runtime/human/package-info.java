/** Questions to a person, and what answers them where nobody is there. */
@NullMarked
package dev.fettle.runtime.human;

import org.jspecify.annotations.NullMarked;
