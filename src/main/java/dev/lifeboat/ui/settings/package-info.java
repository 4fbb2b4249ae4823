/**
 * The settings screen: the clusters there are, whether each can be worked with, and how the window
 * looks. Nothing secret is shown or stored; profiles are written in a file by hand.
 */
package dev.lifeboat.ui.settings;
