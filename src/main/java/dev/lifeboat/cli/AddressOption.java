package dev.lifeboat.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code HOST:PORT}; an IPv6 address stands in brackets. */
final class AddressOption implements ITypeConverter<InetSocketAddress> {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9a-fA-F:]+)]|([^:\\s]+)):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    @Override
    public InetSocketAddress convert(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > LAST_PORT) {
            throw new TypeConversionException(
                    "'" + text + "' is not HOST:PORT, for example 127.0.0.1:8000");
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        return new InetSocketAddress(host, Integer.parseInt(parts.group(3)));
    }
}
