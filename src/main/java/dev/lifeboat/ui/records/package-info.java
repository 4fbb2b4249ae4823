/**
 * What was restored from this machine, for people and auditors: the record of each restore as a
 * document, to be read and to be exported. FX thread only.
 */
package dev.lifeboat.ui.records;
