@org.jspecify.annotations.NullMarked
package dev.fettle.core.validate;
