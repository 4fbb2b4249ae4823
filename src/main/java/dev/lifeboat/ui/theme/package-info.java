/**
 * How the console looks. A <em>role</em> is a meaning that has a colour, and always a glyph and a
 * word beside it; a <em>theme</em> gives the roles their colours; all sizes are multiples of the
 * font size, so that a <em>font scale</em> scales everything.
 */
package dev.lifeboat.ui.theme;
