/**
 * Reading and checking options: lists, names of enums, bounds, and the errors that say what is allowed. Internal. It uses
 * nothing else of the component. Begin with {@code OptionErrors}, then {@code CommaList}.
 */
package io.github.camelgitpod.option;
