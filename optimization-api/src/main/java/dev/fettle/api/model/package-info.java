/** Language-model prices and capabilities. */
@NullMarked
package dev.fettle.api.model;

import org.jspecify.annotations.NullMarked;
