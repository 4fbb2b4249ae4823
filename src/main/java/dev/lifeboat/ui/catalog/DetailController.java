package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.RegionWords;
import dev.lifeboat.ui.control.MonoText;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.control.Skeleton;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.theme.Role;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import java.util.Optional;

/** Binds catalog-detail.fxml: everything about one backup, read from its manifest. */
public final class DetailController {
    private final CatalogViewModel model;
    private final Parent root;
    @FXML private Label kind;
    @FXML private MonoText id;
    @FXML private FlowPane badges;
    @FXML private Button restore;
    @FXML private Button verify;
    @FXML private Label cached;
    @FXML private ProblemPanel problem;
    @FXML private Skeleton skeleton;
    @FXML private VBox places;
    @FXML private VBox facts;
    @FXML private VBox inside;
    private final ContentsViewModel contents;
    private TaskRunner.Running reading = () -> {};
    private CatalogRow row;

    /**
     * @param back what Esc leads to
     */
    DetailController(CatalogViewModel model, Runnable back) {
        this.model = model;
        this.contents = new ContentsViewModel(model.context());
        this.root = FxmlFile.CATALOG_DETAIL.load(this);
        root.addEventHandler(
                KeyEvent.KEY_PRESSED,
                key -> {
                    if (key.getCode() == KeyCode.ESCAPE) {
                        back.run();
                        key.consume();
                    }
                });
    }

    /** Has the keyboard go on here. */
    void focus() {
        if (!restore.isDisabled() && restore.isVisible()) {
            restore.requestFocus();
        } else if (!verify.isDisabled()) {
            verify.requestFocus();
        } else {
            root.requestFocus();
        }
    }

    ContentsViewModel contents() {
        return contents;
    }

    Parent root() {
        return root;
    }

    @FXML
    void initialize() {
        model.liveProperty().addListener((_, _, _) -> showAgain());
        inside.getChildren().add(new ContentsController(contents).root());
        ContentsController.showWhile(inside, contents.hasContentsProperty());
        problem.withAction(Messages.text("catalog.again"), () -> show(row));
        skeleton.setText(Messages.text("catalog.readingManifest"));
    }

    /** Shows a backup, and reads its manifest. */
    void show(CatalogRow chosen) {
        row = chosen;
        reading.cancel();
        kind.setText(Words.kind(row.kind()));
        kind.setGraphic(Words.glyph(row.kind()));
        id.setText(row.id());
        showBadges();
        showPlaces();
        facts.getChildren().clear();
        problem.setProblem(null);
        offer();
        Optional<CatalogEntry> entry = model.entry(row);
        contents.look(row, entry);
        busy(entry.isPresent() && row.status() == BackupStatus.FINISHED);
        if (row.status() == BackupStatus.NO_MANIFEST) {
            facts.getChildren().add(DetailParts.sentence(Messages.text("detail.noManifest")));
        }
        if (entry.isPresent() && entry.get().problem().isPresent()) {
            busy(false);
            problem.setProblem(entry.get().problem().get());
        } else if (skeleton.isVisible()) {
            reading =
                    model.context()
                            .tasks()
                            .run(
                                    cancel ->
                                            model.context()
                                                    .services()
                                                    .manifest(entry.get(), cancel),
                                    this::showManifest,
                                    this::fail);
        }
    }

    /** The buckets have answered: what only they tell can be read. */
    private void showAgain() {
        if (row != null) {
            show(row);
        }
    }

    private void offer() {
        boolean live = model.isLive();
        cached.setVisible(!live);
        cached.setManaged(!live);
        restore.setVisible(model.context().navigator().has(Destination.RESTORE));
        restore.setManaged(restore.isVisible());
        restore.setDisable(!live || !row.usable());
        verify.setDisable(!live);
    }

    private void busy(boolean busy) {
        skeleton.setVisible(busy);
        skeleton.setManaged(busy);
    }

    private void fail(Problem cause) {
        busy(false);
        problem.setProblem(cause);
    }

    private void showBadges() {
        badges.getChildren().clear();
        Word verified = Words.verified(row, model.context().times());
        badges.getChildren()
                .add(
                        new StatusBadge(
                                        verified.role(),
                                        Messages.text("detail.verified", verified.text()))
                                .framed());
        if (row.isArchived()) {
            badges.getChildren().add(new StatusBadge(Role.WARN, Words.thaw(row)).framed());
        }
        if (!row.authenticated()) {
            badges.getChildren()
                    .add(
                            new StatusBadge(Role.WARN, Messages.text("detail.unauthenticated"))
                                    .framed());
        }
        if (!row.usable()) {
            badges.getChildren()
                    .add(new StatusBadge(Role.DANGER, Messages.text("detail.unusable")).framed());
        }
    }

    private void showPlaces() {
        places.getChildren().clear();
        for (Region.Role role : Region.Role.values()) {
            CatalogRow.Copy copy = row.copy(role);
            if (copy != null) {
                places.getChildren().add(place(role, copy));
            }
        }
        if (!row.broken().isEmpty()) {
            places.getChildren().add(DetailParts.sentence(row.broken()));
        }
    }

    private Node place(Region.Role role, CatalogRow.Copy copy) {
        Word word = Words.of(copy);
        String address = model.context().services().address(role, row.key()).orElse(row.key());
        var badge =
                new StatusBadge(
                        word.role(),
                        Messages.text(
                                "detail.place",
                                RegionWords.of(role),
                                word.text(),
                                copy.objects(),
                                copy.expected()));
        var uri = MonoText.block(address);
        return new VBox(badge, uri);
    }

    private void showManifest(Manifest manifest) {
        busy(false);
        facts.getChildren().setAll(new DetailParts(model.context().times(), row).of(manifest));
    }

    @FXML
    void verifyNow() {
        model.verify(row);
    }

    @FXML
    void restoreFromHere() {
        model.restore(row);
    }
}
