/** What every plugin kind shares: names, settings and the one exception type. */
@NullMarked
package dev.fettle.api;

import org.jspecify.annotations.NullMarked;
