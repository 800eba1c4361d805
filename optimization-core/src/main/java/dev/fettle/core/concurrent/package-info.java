/** Work that is done on several processors. */
@NullMarked
package dev.fettle.core.concurrent;

import org.jspecify.annotations.NullMarked;
