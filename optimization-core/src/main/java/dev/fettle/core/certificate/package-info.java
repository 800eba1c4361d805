/** Certificates: what was proved of which files, for a deployment that asks. */
@NullMarked
package dev.fettle.core.certificate;

import org.jspecify.annotations.NullMarked;
