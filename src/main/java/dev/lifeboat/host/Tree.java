package dev.lifeboat.host;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Work on whole directory trees. Links are never followed. */
final class Tree {
    private Tree() {}

    interface Work {
        void on(Path path) throws IOException;
    }

    /** Does the work on every entry, a directory after what it holds; what vanishes is left out. */
    static Path visit(Path top, Work work) throws IOException {
        return Files.walkFileTree(
                top,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        return done(file);
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path directory, IOException failed)
                            throws IOException {
                        if (failed != null) {
                            throw failed;
                        }
                        return done(directory);
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failed)
                            throws IOException {
                        if (failed instanceof NoSuchFileException && !file.equals(top)) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failed;
                    }

                    private FileVisitResult done(Path path) throws IOException {
                        try {
                            work.on(path);
                        } catch (NoSuchFileException vanished) {
                            if (path.equals(top)) {
                                throw vanished;
                            }
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    static void own(Path path, OsUser owner) throws IOException {
        if (LocalHost.WINDOWS) {
            return;
        }
        if ((int) Files.getAttribute(path, "unix:uid", NOFOLLOW_LINKS) != owner.uid()) {
            Files.setAttribute(path, "unix:uid", owner.uid(), NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", owner.gid(), NOFOLLOW_LINKS);
        }
    }

    /** The path itself, or its nearest ancestor that exists. */
    static Path existing(Path path) throws IOException {
        for (Path each = path.toAbsolutePath().normalize(); each != null; each = each.getParent()) {
            if (Files.exists(each)) {
                return each;
            }
        }
        throw new NoSuchFileException(path.toString());
    }

    static long device(Path path) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:dev", NOFOLLOW_LINKS)).longValue();
    }

    static Path delete(Path path, Path within) throws IOException {
        Path parent = path.toAbsolutePath().normalize().getParent();
        if (parent == null || !parent.toRealPath().startsWith(within.toRealPath())) {
            throw new FileSystemException(
                    path.toString(), null, "it does not lie inside " + within);
        }
        long device = device(path);
        return Files.walkFileTree(path, new Deletion(device));
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        private final long device;

        Deletion(long device) {
            this.device = device;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                throws IOException {
            if (device(directory) != device) {
                throw new FileSystemException(
                        directory.toString(), null, "another filesystem is mounted there");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failed)
                throws IOException {
            if (failed != null) {
                throw failed;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
