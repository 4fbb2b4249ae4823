package dev.lifeboat.ui;

import javafx.fxml.FXML;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.ProcessingInstruction;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;

/** Holds one FXML file against the classes it names. */
final class FxmlContract {
    private static final Pattern PATH = Pattern.compile("controller(?:\\.\\w+)+");
    private final List<String> imports = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private Class<?> controller;

    private FxmlContract() {}

    static List<String> faults(String text) throws Exception {
        Document document =
                DocumentBuilderFactory.newNSInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        var contract = new FxmlContract();
        contract.check(document);
        return contract.faults;
    }

    private void check(Document document) {
        NodeList top = document.getChildNodes();
        for (int i = 0; i < top.getLength(); i++) {
            if (top.item(i) instanceof ProcessingInstruction imported
                    && imported.getTarget().equals("import")) {
                imports.add(imported.getData().strip());
            }
        }
        String named = document.getDocumentElement().getAttribute("fx:controller");
        if (!named.isEmpty()) {
            try {
                controller = Class.forName(named);
            } catch (ClassNotFoundException absent) {
                faults.add("there is no controller '" + named + "'");
            }
        }
        visit(document.getDocumentElement());
    }

    private void visit(Element element) {
        String name = element.getTagName();
        Optional<Class<?>> type = Optional.empty();
        if (Character.isUpperCase(name.charAt(0)) && !name.contains(".")) {
            type = resolve(name);
            if (type.isEmpty()) {
                faults.add("there is no class '" + name + "'");
            }
        }
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            attribute(attribute.getNodeName(), attribute.getNodeValue(), type);
        }
        NodeList children = element.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i) instanceof Element child) {
                visit(child);
            }
        }
    }

    private Optional<Class<?>> resolve(String name) {
        return imports.stream()
                .filter(imported -> imported.endsWith("." + name) || imported.endsWith(".*"))
                .map(imported -> imported.replaceFirst("\\*$", name))
                .flatMap(full -> loaded(full).stream())
                .findFirst();
    }

    private static Optional<Class<?>> loaded(String name) {
        try {
            return Optional.of(Class.forName(name, false, FxmlContract.class.getClassLoader()));
        } catch (ClassNotFoundException elsewhere) {
            return Optional.empty();
        }
    }

    private void attribute(String name, String value, Optional<Class<?>> type) {
        if (name.equals("fx:id")) {
            field(value, type);
        } else if (value.startsWith("%") && !Messages.bundle().containsKey(value.substring(1))) {
            faults.add("there is no text '" + value.substring(1) + "'");
        } else if (value.startsWith("#") && name.startsWith("on")) {
            handler(value.substring(1));
        } else if (value.startsWith("${")) {
            PATH.matcher(value).results().forEach(hit -> property(hit.group()));
        }
    }

    private void field(String id, Optional<Class<?>> type) {
        if (controller == null || type.isEmpty()) {
            return;
        }
        boolean fits =
                Arrays.stream(controller.getDeclaredFields())
                        .filter(field -> field.isAnnotationPresent(FXML.class))
                        .filter(field -> field.getName().equals(id))
                        .map(Field::getType)
                        .anyMatch(wanted -> wanted.isAssignableFrom(type.get()));
        if (!fits) {
            faults.add("there is no field '" + id + "' for a " + type.get().getSimpleName());
        }
    }

    private void handler(String name) {
        boolean there =
                controller != null
                        && Arrays.stream(controller.getDeclaredMethods())
                                .filter(method -> method.getName().equals(name))
                                .anyMatch(
                                        method ->
                                                method.isAnnotationPresent(FXML.class)
                                                        && method.getParameterCount() <= 1);
        if (!there) {
            faults.add("there is no handler '" + name + "'");
        }
    }

    private void property(String path) {
        Class<?> at = controller;
        for (String step : path.substring("controller.".length()).split("\\.")) {
            at = at == null ? null : step(at, step);
        }
        if (at == null) {
            faults.add("there is no property '" + path + "'");
        }
    }

    private static Class<?> step(Class<?> type, String name) {
        String upper = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .filter(
                        method ->
                                method.getName().equals("get" + upper)
                                        || method.getName().equals("is" + upper))
                .findFirst()
                .map(Method::getReturnType)
                .orElse(null);
    }
}
