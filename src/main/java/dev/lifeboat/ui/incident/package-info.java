/**
 * The first minute of an incident: preserve what is there, then one of three ways back. FX thread
 * only.
 */
package dev.lifeboat.ui.incident;
