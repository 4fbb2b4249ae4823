/**
 * Where secrets come from and how they are held. A {@link dev.lifeboat.secrets.Secret} is a key or
 * a password that shows itself to nobody by accident; a {@link dev.lifeboat.secrets.SecretSource}
 * turns the text of a setting (the key itself, {@code file:PATH}, {@code secretsmanager:NAME}) into
 * one; a {@link dev.lifeboat.secrets.SecretVault} is a service that keeps secrets under names.
 */
package dev.lifeboat.secrets;
