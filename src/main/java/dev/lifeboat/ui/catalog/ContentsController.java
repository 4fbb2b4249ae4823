package dev.lifeboat.ui.catalog;

import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.ProblemPanel;

import javafx.beans.value.ObservableBooleanValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;

/** Binds catalog-contents.fxml to its view model. */
public final class ContentsController {
    private final ContentsViewModel model;
    private final Parent root;
    @FXML private Button read;
    @FXML private Button stop;
    @FXML private ProblemPanel problem;
    @FXML private TextField filter;
    @FXML private ListView<String> list;

    ContentsController(ContentsViewModel model) {
        this.model = model;
        this.root = FxmlFile.CATALOG_CONTENTS.load(this);
    }

    /** Read by the bindings of catalog-contents.fxml. */
    public ContentsViewModel getModel() {
        return model;
    }

    Parent root() {
        return root;
    }

    @FXML
    void initialize() {
        read.disableProperty().bind(model.readableProperty().not());
        showWhile(read, model.answeredProperty().or(model.readingProperty()).not());
        showWhile(stop, model.readingProperty());
        showWhile(filter, model.listedProperty());
        showWhile(list, model.listedProperty());
        problem.problemProperty().bind(model.problemProperty());
        list.setItems(model.lines());
        list.setPlaceholder(new Label(Messages.text("contents.nothingFits")));
        model.listedProperty().addListener((_, _, _) -> filter.clear());
        filter.textProperty().addListener((_, _, text) -> model.narrow(text));
    }

    static void showWhile(Node node, ObservableBooleanValue shown) {
        node.visibleProperty().bind(shown);
        node.managedProperty().bind(node.visibleProperty());
    }

    @FXML
    void read() {
        model.read();
    }

    @FXML
    void stop() {
        model.stop();
    }
}
