package dev.lifeboat.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeededRightTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "list 'backups/' | s3:ListBucket on arn:aws:s3:::bucket,",
                "list the pending uploads of '' | s3:ListBucketMultipartUploads on",
                "read 'wal/x' | s3:GetObject on arn:aws:s3:::bucket/*",
                "look at 'wal/x' | s3:GetObject on",
                "write 'wal/x' | s3:PutObject on",
                "begin to upload 'wal/x' | s3:PutObject on",
                "upload part 2 of 'wal/x' | s3:PutObject on",
                "complete 'wal/x' | s3:PutObject on",
                "copy 'wal/x' | s3:GetObject and s3:PutObject on",
                "delete 'wal/x' | s3:DeleteObject on",
                "abort the upload of 'wal/x' | s3:AbortMultipartUpload on",
                "thaw 'wal/x' | s3:RestoreObject on",
            })
    void eachRequestNamesTheRightItLacked(String doing, String right) {
        assertThat(NeededRight.remedy(doing, "bucket")).startsWith("Give the role " + right);
    }
}
