package dev.lifeboat.restore;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostFiles;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A machine whose disk is full after so many bytes of what a restore brings: the part that fits is
 * written, then the platform's own error comes.
 */
final class SmallDisk {
    private final Host host;
    private final String names;
    private final boolean measured;
    private long freeBytes;

    private SmallDisk(Host host, String names, boolean measured, long freeBytes) {
        this.host = host;
        this.names = names;
        this.measured = measured;
        this.freeBytes = freeBytes;
    }

    /** A disk that is as small as it says. */
    static SmallDisk of(Host host, long freeBytes) {
        return new SmallDisk(host, ".*", true, freeBytes);
    }

    /**
     * A disk that has enough free when it is asked, and is filled by others afterwards.
     *
     * @param names a pattern of the paths of the files that take from what is free
     */
    static SmallDisk fillingUp(Host host, String names, long freeBytes) {
        return new SmallDisk(host, names, false, freeBytes);
    }

    /** The machine as it is, but for its files. */
    Host host() {
        HostFiles files = proxy(HostFiles.class, this::onFiles);
        return proxy(
                Host.class,
                (method, arguments) ->
                        method.getName().equals("files") ? files : call(host, method, arguments));
    }

    /** A machine of another name. */
    static Host named(Host host, String name) {
        return proxy(
                Host.class,
                (method, arguments) ->
                        method.getName().equals("name") ? name : call(host, method, arguments));
    }

    private Object onFiles(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("freeBytes") && measured) {
            return freeBytes;
        }
        if (method.getName().equals("writePart") && arguments[0].toString().matches(names)) {
            take((Path) arguments[0], (long) arguments[1], (ByteBuffer) arguments[2]);
        }
        return call(host.files(), method, arguments);
    }

    private synchronized void take(Path file, long offset, ByteBuffer part)
            throws RecoveryException {
        if (part.remaining() > freeBytes) {
            host.files().writePart(file, offset, part.slice(part.position(), (int) freeBytes));
            freeBytes = 0;
            throw FileProblem.of(
                    "The file could not be written",
                    file,
                    new IOException("No space left on device"));
        }
        freeBytes -= part.remaining();
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> call.of(method, arguments)));
    }

    private static Object call(Object on, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
