/**
 * AWS Secrets Manager as a {@link dev.lifeboat.secrets.SecretVault}: one signed call of its API,
 * with the SDK's credentials, signer and connections. Loaded only when a setting says {@code
 * secretsmanager:NAME}.
 */
package dev.lifeboat.secrets.aws;
