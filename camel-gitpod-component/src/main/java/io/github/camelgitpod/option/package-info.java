/**
 * Reading and checking options: lists, names of enums, bounds, and the errors that say what is allowed. Internal. Of the rest
 * of the component it uses only the words for a duration. Begin with {@code OptionErrors}, then {@code CommaList}.
 */
package io.github.camelgitpod.option;
