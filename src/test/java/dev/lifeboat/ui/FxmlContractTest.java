package dev.lifeboat.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * FXML forgives: a misspelt name in a binding loads without error and leaves a button enabled. So
 * every file is held against its controller, without a toolkit.
 */
class FxmlContractTest {
    private static final Path FOLDER = Path.of("fxml");

    @TestFactory
    Stream<DynamicTest> filesKeepTheirContract() {
        return Arrays.stream(FxmlFile.values())
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.file(),
                                        () ->
                                                assertThat(
                                                                FxmlContract.faults(
                                                                        Files.readString(
                                                                                FOLDER.resolve(
                                                                                        file
                                                                                                .file()))))
                                                        .isEmpty()));
    }

    @Test
    void everyFileIsNamed() throws Exception {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> there =
                    files.map(path -> path.getFileName().toString())
                            .filter(name -> name.endsWith(".fxml"))
                            .toList();

            assertThat(there)
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(FxmlFile.values()).map(FxmlFile::file).toList());
        }
    }

    @Test
    void namesWhatAFileGetsWrong() throws Exception {
        String wrong =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <?import javafx.scene.control.Button?>
                <?import javafx.scene.layout.VBox?>
                <VBox xmlns="http://javafx.com/javafx" xmlns:fx="http://javafx.com/fxml"
                      fx:controller="dev.lifeboat.ui.FxmlContractTest$Sample">
                  <Button fx:id="absent" text="%no.such.key" onAction="#nothing" disable="${controller.model.lodaing}"/>
                  <Button fx:id="there" text="%copy" onAction="#act" disable="${!controller.model.loading}"/>
                  <Unknown/>
                </VBox>
                """;

        assertThat(FxmlContract.faults(wrong))
                .containsExactlyInAnyOrder(
                        "there is no field 'absent' for a Button",
                        "there is no text 'no.such.key'",
                        "there is no handler 'nothing'",
                        "there is no property 'controller.model.lodaing'",
                        "there is no class 'Unknown'");
    }

    /** A controller with one property, one handler, one field. */
    public static final class Sample {
        @javafx.fxml.FXML private javafx.scene.control.Button there;

        public Model getModel() {
            return new Model();
        }

        @javafx.fxml.FXML
        void act() {
            there.requestFocus();
        }
    }

    /** A view model with one property. */
    public static final class Model {
        public boolean isLoading() {
            return false;
        }
    }
}
