package dev.lifeboat.cli;

import picocli.CommandLine;

import java.lang.reflect.Constructor;

/**
 * Makes commands: by a constructor that takes the {@link Session}, or by one that takes nothing.
 */
final class CommandFactory implements CommandLine.IFactory {
    private final CommandLine.IFactory usual = CommandLine.defaultFactory();
    private final Session session;

    CommandFactory(Session session) {
        this.session = session;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1
                    && constructor.getParameterTypes()[0] == Session.class) {
                return type.cast(constructor.newInstance(session));
            }
        }
        return usual.create(type);
    }
}
