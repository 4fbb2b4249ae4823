package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.util.List;

/** Reads an object from whichever region gives it. */
final class RegionReading {
    private final List<Region> regions;

    RegionReading(List<Region> regions) {
        this.regions = regions;
    }

    ObjectStream get(String key, ByteRange range) throws RecoveryException {
        RegionFailures failures = new RegionFailures(key);
        for (int i = 0; i < regions.size(); i++) {
            try {
                ObjectStream first = regions.get(i).store().get(key, range, null);
                return FalloverStream.over(key, first, regions.subList(i + 1, regions.size()));
            } catch (StorageException failure) {
                failures.add(regions.get(i), failure);
            }
        }
        throw failures.together();
    }

    <T> T read(String key, ObjectReader<T> reader) throws RecoveryException {
        RegionFailures failures = new RegionFailures(key);
        for (Region region : regions) {
            try (ObjectStream bytes = region.store().get(key, ByteRange.whole(), null)) {
                return reader.read(region, bytes);
            } catch (CancelledException stopped) {
                throw stopped;
            } catch (RecoveryException failure) {
                failures.add(region, failure);
            } catch (IOException broken) {
                RecoveryException failure = StorageException.in(broken, key, region.store());
                if (failure instanceof CancelledException stopped) {
                    throw stopped;
                }
                failures.add(region, failure);
            }
        }
        throw failures.together();
    }
}
