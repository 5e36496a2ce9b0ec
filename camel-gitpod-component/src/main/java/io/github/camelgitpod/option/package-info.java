/**
 * Reading and checking options: lists, names of enums, bounds, and the errors that say what is allowed. Internal. It uses
 * nothing else of the component.
 */
package io.github.camelgitpod.option;
