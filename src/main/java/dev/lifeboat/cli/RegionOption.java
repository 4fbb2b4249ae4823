package dev.lifeboat.cli;

import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words of {@code --region}. */
final class RegionOption implements ITypeConverter<RegionChoice> {
    @Override
    public RegionChoice convert(String word) {
        return switch (word) {
            case "auto", "both" -> RegionChoice.AUTO;
            case "primary" -> RegionChoice.PRIMARY;
            case "dr" -> RegionChoice.DR;
            default ->
                    throw new TypeConversionException(
                            "'"
                                    + word
                                    + "' is no region; there are primary, dr and both (or auto)");
        };
    }
}
