/**
 * The offline manual: a <em>page</em> is a text in the jar with headings, paragraphs, lists and
 * commands, shown inside the window without a network.
 */
package dev.lifeboat.ui.help;
