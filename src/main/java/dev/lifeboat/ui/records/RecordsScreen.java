package dev.lifeboat.ui.records;

import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.Screen;
import dev.lifeboat.ui.ScreenContext;

import javafx.scene.Parent;
import javafx.stage.FileChooser;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

/** The place of the records. */
public final class RecordsScreen implements Screen {
    private final RecordsViewModel viewModel;
    private final Parent root;

    public RecordsScreen(ScreenContext context) {
        viewModel = new RecordsViewModel(context);
        root =
                FxmlFile.RECORDS.load(
                        new RecordsController(
                                viewModel,
                                context.times(),
                                this::fileFor,
                                context.navigator()::showRestore));
    }

    private Optional<Path> fileFor(String name) {
        var chooser = new FileChooser();
        chooser.setInitialFileName(name);
        return Optional.ofNullable(chooser.showSaveDialog(root.getScene().getWindow()))
                .map(File::toPath);
    }

    @Override
    public Destination destination() {
        return Destination.RECORDS;
    }

    @Override
    public Parent root() {
        return root;
    }

    @Override
    public void activate() {
        viewModel.refresh();
    }

    @Override
    public void deactivate() {}

    @Override
    public void refresh() {
        viewModel.refresh();
    }
}
