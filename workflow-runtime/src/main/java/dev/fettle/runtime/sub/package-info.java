/** The workflows that sub-workflow nodes refer to. */
@NullMarked
package dev.fettle.runtime.sub;

import org.jspecify.annotations.NullMarked;
