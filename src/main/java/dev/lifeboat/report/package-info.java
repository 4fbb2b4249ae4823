/**
 * The record of a restore as a document for people: an auditor, a colleague, a wall. One content,
 * {@link dev.lifeboat.report.Report}, made from the record's JSON and nothing else, and a writer
 * for each form: HTML that stands alone, PDF.
 */
package dev.lifeboat.report;
