package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.AgeLabel;
import dev.lifeboat.ui.control.Copying;
import dev.lifeboat.ui.control.EmptyState;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.control.Skeleton;

import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.TreeTableView;

import org.controlsfx.control.MasterDetailPane;
import org.controlsfx.control.SegmentedButton;

import java.util.Optional;

/** Binds catalog.fxml to its view model. */
public final class CatalogController {
    private final CatalogViewModel model;
    private final DetailController detail;
    private final GroupPane group;
    @FXML private AgeLabel age;
    @FXML private TextField filter;
    @FXML private SegmentedButton kinds;
    @FXML private ToggleButton unverified;
    @FXML private ToggleButton oneRegion;
    @FXML private ToggleButton broken;
    @FXML private ToggleButton lastDay;
    @FXML private ToggleButton grouped;
    @FXML private Label comparison;
    @FXML private ProblemPanel problem;
    @FXML private ProblemPanel partial;
    @FXML private MasterDetailPane split;
    @FXML private TreeTableView<CatalogItem> table;
    @FXML private Skeleton skeleton;
    @FXML private EmptyState empty;
    private Optional<BackupKind> kind = Optional.empty();

    CatalogController(CatalogViewModel model) {
        this.model = model;
        this.detail = new DetailController(model, () -> table.requestFocus());
        this.group = new GroupPane(model.context().times());
    }

    /** Read by the bindings of catalog.fxml. */
    public CatalogViewModel getModel() {
        return model;
    }

    @FXML
    void initialize() {
        var lines = new CatalogTable(table, model, detail::focus);
        lines.chosenProperty().addListener((_, _, item) -> choose(item));
        grouped.selectedProperty().bindBidirectional(model.groupedProperty());
        split.setDetailNode(detail.root());
        split.setShowDetailNode(false);
        kindButtons();
        filter.textProperty().addListener((_, _, _) -> narrow());
        partial.asWarning();
        problem.problemProperty().bind(model.problemProperty());
        partial.problemProperty().bind(model.partialProperty());
        problem.withAction(Messages.text("catalog.again"), model::refresh);
        empty.withAction(Messages.text("catalog.copyBackup"), this::copyCommand);
        var nothingYet = model.atProperty().isNull();
        skeleton.visibleProperty().bind(nothingYet.and(model.problemProperty().isNull()));
        empty.visibleProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                model::isEmpty,
                                model.atProperty(),
                                model.summaryProperty(),
                                model.problemProperty()));
        split.visibleProperty().bind(nothingYet.not().and(empty.visibleProperty().not()));
        model.atProperty().addListener((_, _, _) -> tick());
    }

    private void kindButtons() {
        var group = new ToggleGroup();
        addKind(group, Messages.text("catalog.all"), Optional.empty());
        addKind(group, Messages.text("catalog.bases"), Optional.of(BackupKind.BASE));
        addKind(group, Messages.text("catalog.fulls"), Optional.of(BackupKind.FULL));
        addKind(group, Messages.text("catalog.configs"), Optional.of(BackupKind.CONFIG));
        kinds.setToggleGroup(group);
    }

    private void addKind(ToggleGroup group, String word, Optional<BackupKind> wanted) {
        var button = new ToggleButton(word);
        button.setToggleGroup(group);
        button.setSelected(wanted.isEmpty());
        button.setOnAction(
                _ -> {
                    button.setSelected(true);
                    kind = wanted;
                    narrow();
                });
        kinds.getButtons().add(button);
    }

    @FXML
    void narrow() {
        model.setFilter(
                new CatalogFilter(
                        filter.getText(),
                        kind,
                        unverified.isSelected(),
                        oneRegion.isSelected(),
                        broken.isSelected(),
                        lastDay.isSelected()));
    }

    @FXML
    void refresh() {
        model.refresh();
    }

    @FXML
    void compare() {
        comparison.setText(model.comparison());
        comparison.setVisible(true);
        comparison.setManaged(true);
        oneRegion.setSelected(true);
        narrow();
    }

    void find() {
        filter.requestFocus();
        filter.selectAll();
    }

    /** The ages, as they are now. */
    void tick() {
        age.setAt(model.getAt());
        age.update(model.context().times());
    }

    /** Shows a backup, or what there is to say of a group, beside the table. */
    private void choose(CatalogItem item) {
        split.setShowDetailNode(item != null);
        switch (item) {
            case CatalogRow row -> {
                split.setDetailNode(detail.root());
                detail.show(row);
            }
            case CatalogGroup several -> {
                split.setDetailNode(group);
                group.show(several);
            }
            case null -> {}
        }
    }

    DetailController detail() {
        return detail;
    }

    TreeTableView<CatalogItem> table() {
        return table;
    }

    private void copyCommand() {
        Copying.copy("lifeboat backup base");
        model.context().notices().done(Messages.text("catalog.copiedBackup"));
    }
}
