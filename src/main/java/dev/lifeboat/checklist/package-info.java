/**
 * The pre-restore checklist. An <em>item</em> is automatic (a program measured it) or human (a
 * person attests it with a name). It is ok, a warning, open (nobody has attested it), or blocked;
 * what is blocked stops the start, unless the item may be overridden and somebody gave a reason.
 * Items stand in the order of what failing them costs.
 */
package dev.lifeboat.checklist;
