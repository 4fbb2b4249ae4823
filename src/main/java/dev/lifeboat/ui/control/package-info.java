/**
 * Controls that more than one screen shows: a problem with its remedy, an empty place, a loading
 * place, a badge of glyph and word, a time in UTC and local, text to copy. Each has an accessible
 * name. FX thread only.
 */
package dev.lifeboat.ui.control;
