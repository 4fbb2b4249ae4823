package dev.lifeboat.cli;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.checklist.Checklist;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.RestorePlan;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code check}: the pre-restore checklist for what would be restored. */
@Command(
        name = "check",
        description = {
            "Plans a restore and measures what it needs, without doing anything. Exit code 3 when "
                    + "something blocks it."
        })
final class CheckCommand implements Callable<Integer> {
    private static final int BLOCKED = 3;

    private final Session session;
    private final RestoreWork work;

    @Mixin private PhysicalOptions options;

    CheckCommand(Session session) {
        this.session = session;
        this.work = new RestoreWork(session);
    }

    @Override
    public Integer call() throws RecoveryException {
        options.requireBackup();
        try (Engine engine = session.engine(session.settings(), options.region())) {
            RestorePlan plan = work.plan(engine, options);
            Checklist checklist =
                    work.checklist(engine, plan, options.attested(), options.overridden());
            session.output().result(document(checklist), () -> PlanText.of(checklist));
            return checklist.blockers().isEmpty() ? 0 : BLOCKED;
        }
    }

    private static Map<String, Object> document(Checklist checklist) {
        List<Map<String, Object>> items =
                checklist.items().stream().map(CheckCommand::item).toList();
        var document = new LinkedHashMap<String, Object>();
        document.put("items", items);
        document.put("confirm", checklist.confirm().orElse(null));
        return document;
    }

    private static Map<String, Object> item(CheckItem item) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", item.id());
        fields.put("kind", item.kind().word());
        fields.put("state", item.state().word());
        fields.put("measured", item.measured());
        fields.put("needed", item.needed());
        fields.put("remedy", item.remedy());
        return fields;
    }
}
