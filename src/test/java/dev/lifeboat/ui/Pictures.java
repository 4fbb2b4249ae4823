package dev.lifeboat.ui;

import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** Pictures of scenes, as PNG files. */
public final class Pictures {
    /** A picture's pixels. */
    public record Pixels(int width, int height, int[] argb) {}

    private Pictures() {}

    /** What a scene looks like now; FX thread only. */
    public static Pixels of(Scene scene) {
        WritableImage image = scene.snapshot(null);
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] argb = new int[width * height];
        image.getPixelReader()
                .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
        return new Pixels(width, height, argb);
    }

    public static void write(Pixels pixels, Path file) throws IOException {
        var image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, pixels.width(), pixels.height(), pixels.argb(), 0, pixels.width());
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
