package dev.lifeboat.restore.proof;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the checks of a restored database found, in the order they were made. */
public record Proof(List<Finding> findings) {
    public Proof {
        findings = List.copyOf(findings);
    }

    /** Whether no check failed; warnings are for people to judge. */
    public boolean ok() {
        return findings.stream().noneMatch(finding -> finding.state() == Finding.State.FAILED);
    }

    /** Those that are not ok. */
    public List<Finding> unsettled() {
        return findings.stream().filter(finding -> finding.state() != Finding.State.OK).toList();
    }

    /** For a journal or a record: {@code {"ok":true,"findings":[...]}}. */
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("ok", ok());
        fields.put("findings", findings.stream().map(Finding::fields).toList());
        return fields;
    }
}
