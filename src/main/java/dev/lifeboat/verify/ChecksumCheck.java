package dev.lifeboat.verify;

import dev.lifeboat.catalog.InParallel;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.StreamFailure;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.Region;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Holds every stored byte of every copy against the manifest. */
final class ChecksumCheck {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final VerifyContext context;
    private final Findings findings;
    private final boolean again;
    private final Progress progress;
    private final CancelToken cancel;

    ChecksumCheck(
            VerifyContext context,
            Findings findings,
            boolean again,
            Progress progress,
            CancelToken cancel) {
        this.context = context;
        this.findings = findings;
        this.again = again;
        this.progress = progress;
        this.cancel = cancel;
    }

    private record Copy(Region region, Manifest.StoredObject object) {}

    void check(Manifest manifest, List<Region> regions) throws RecoveryException {
        List<Copy> copies = new ArrayList<>();
        for (Region region : regions) {
            manifest.objects().forEach(object -> copies.add(new Copy(region, object)));
        }
        new InParallel(context.jobs() * 2, Long.MAX_VALUE, cancel)
                .map(copies, _ -> 0, this::checked);
    }

    private boolean checked(Copy copy) throws CancelledException {
        try {
            read(copy.region, copy.object);
            return true;
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException wrong) {
            findings.problem(wrong.problem());
            return false;
        }
    }

    private void read(Region region, Manifest.StoredObject object) throws RecoveryException {
        String store = region.store().name();
        String name = "Object " + store + "/" + object.key();
        try (ObjectStream body = region.store().get(object.key(), ByteRange.whole(), null)) {
            if (!again
                    && context.memory()
                            .knows(
                                    store,
                                    body.info(),
                                    object.storedSha256(),
                                    VerifyLevel.CHECKSUM)) {
                findings.remembered();
                return;
            }
            ContentDigest found = digest(body);
            ExpectedContent.of(new ContentDigest(object.storedBytes(), object.storedSha256()))
                    .check(name, found);
            context.memory()
                    .remember(store, body.info(), object.storedSha256(), VerifyLevel.CHECKSUM);
            findings.proven(found.sizeBytes());
        } catch (IOException broken) {
            throw StreamFailure.of(broken, name);
        }
    }

    private ContentDigest digest(ObjectStream body) throws IOException, CancelledException {
        Sha256 sha256 = new Sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            cancel.check();
            sha256.update(buffer, 0, count);
            progress.add(count);
        }
        return sha256.finish();
    }
}
