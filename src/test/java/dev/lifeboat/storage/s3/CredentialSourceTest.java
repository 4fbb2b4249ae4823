package dev.lifeboat.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialSourceTest {
    @Test
    void saysInWordsWhichLinkAnswered() {
        assertThat(CredentialSource.words("g")).isEqualTo("environment variables");
        assertThat(CredentialSource.words("n,i")).isEqualTo("profile, then sts assume role");
    }

    @Test
    void keepsANameItDoesNotKnow() {
        assertThat(CredentialSource.words("OurOwnProvider")).isEqualTo("OurOwnProvider");
    }
}
